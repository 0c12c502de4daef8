package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.engine.PointCloud;
import io.iedp.engine.Prediction;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Predicted depth as points in space, a PLY file a picture. */
public final class PointFiles {
    /** Of a picture that does not say how it was taken, in degrees: that of most phones. */
    private static final int USUAL = 65;

    private static final String ENDING = ".ply";

    private final Path to;
    private final OptionalDouble fieldOfView;

    private PointFiles(Path to, OptionalDouble fieldOfView) {
        this.to = to;
        this.fieldOfView = fieldOfView;
    }

    /**
     * @param to the file for one picture, which ends with .ply, or a folder, which is made
     * @param fieldOfView between left and right edge, in degrees, of all pictures; without it, of each what it says
     * @throws UserException if there are several pictures for one file, or the folder cannot be made
     */
    public static PointFiles to(Path to, OptionalDouble fieldOfView, List<Path> pictures) {
        if (fieldOfView.isPresent() && !(fieldOfView.getAsDouble() > 0 && fieldOfView.getAsDouble() < 180)) {
            throw new UserException("--field-of-view must be above 0 and below 180 degrees, not %s"
                    .formatted(fieldOfView.getAsDouble()));
        }
        if (isFile(to) && pictures.size() > 1) {
            throw new UserException("--points names one file, %s, but there are %s pictures; it may name a folder"
                    .formatted(to, pictures.size()));
        }
        Path folder = isFile(to) ? to.toAbsolutePath().getParent() : to;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be made: %s".formatted(folder, e.getMessage()), e);
        }
        return new PointFiles(to, fieldOfView);
    }

    private static boolean isFile(Path to) {
        return to.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /**
     * Writes the points of a picture.
     *
     * @param stem of its files
     * @return what was written, and from what
     * @throws UserException if no task of the model predicts depth, or the file cannot be written
     */
    public String write(Path picture, String stem, Prediction prediction) {
        TaskPrediction depth = prediction.tasks().values().stream()
                .filter(TaskPrediction::isDepth)
                .findFirst()
                .orElseThrow(() ->
                        new UserException("--points needs a model that predicts depth in metres; this one predicts %s"
                                .formatted(String.join(
                                        ", ",
                                        prediction.tasks().values().stream()
                                                .map(TaskPrediction::quantity)
                                                .toList()))));
        Optional<Double> told = fieldOfView.isPresent()
                ? Optional.of(PointCloud.focalLength(fieldOfView.getAsDouble(), depth.width()))
                : ImageFiles.focalLength(picture).stream().boxed().findFirst();
        PointCloud points = depth.points(told.orElseGet(() -> PointCloud.focalLength(USUAL, depth.width())));
        Path file = isFile(to) ? to : to.resolve(stem + ENDING);
        points.writePly(file);
        return "%s: %s points%s"
                .formatted(
                        file,
                        points.size(),
                        told.isPresent()
                                ? ""
                                : "; the picture does not say its focal length, so %s degrees are taken; --field-of-view says others"
                                        .formatted(USUAL));
    }
}
