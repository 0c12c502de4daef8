package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.api.data.ImageFiles;
import io.iedp.api.data.RgbImage;
import io.iedp.launcher.engine.TrainedModel;
import io.iedp.launcher.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Overlays of a trained run's predictions over photographs. */
public final class Prediction {
    private Prediction() {}

    /**
     * Writes one overlay a picture. Pictures that cannot be read are reported after the others are done.
     *
     * @param written hears of each overlay
     * @throws UserException if some picture is missing or damaged
     */
    public static void of(RunFolder run, Experiment experiment, List<Path> images, Path to, Consumer<Path> written) {
        StringBuilder failures = new StringBuilder();
        Set<Path> taken = new HashSet<>();
        try (TrainedModel model = TrainedModel.load(experiment, DataDescription.read(run.data()), run.checkpoint())) {
            Files.createDirectories(to);
            for (Path image : images) {
                RgbImage picture;
                try {
                    picture = ImageFiles.readRgb(image);
                } catch (UserException e) {
                    failures.append(failures.isEmpty() ? "" : System.lineSeparator())
                            .append(e.getMessage());
                    continue;
                }
                Path overlay = free(to, image, taken);
                ImageFiles.writePng(model.overlay(picture), overlay);
                written.accept(overlay);
            }
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be made: %s".formatted(to, e.getMessage()), e);
        }
        if (!failures.isEmpty()) {
            throw new UserException(failures.toString());
        }
    }

    /** Two pictures of one name, from two folders, must not overwrite each other. */
    private static Path free(Path to, Path image, Set<Path> taken) {
        String stem = image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        for (int number = 1; ; number++) {
            Path overlay = to.resolve(stem + "-overlay" + (number == 1 ? "" : "-" + number) + ".png");
            if (taken.add(overlay)) {
                return overlay;
            }
        }
    }
}
