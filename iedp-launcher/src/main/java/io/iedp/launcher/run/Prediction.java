package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.model.TrainedModel;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.io.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A trained run's predictions for photographs. */
public final class Prediction {
    private static final String OVERLAY = "-overlay.png";
    private static final String PREDICTION = "-prediction.png";

    private Prediction() {}

    /**
     * Writes two files a picture: the prediction itself, in the form that the task's ground truth has, and an overlay.
     * Pictures that cannot be read are reported after the others are done.
     *
     * @param weights of the run
     * @param texts of every picture, such as its caption
     * @param written hears of each overlay
     * @throws UserException if some picture is missing or damaged
     */
    public static void of(
            RunFolder run,
            Experiment experiment,
            Path weights,
            List<Path> images,
            Map<String, String> texts,
            Path to,
            Consumer<Path> written) {
        StringBuilder failures = new StringBuilder();
        Set<String> taken = new HashSet<>();
        try (TrainedModel model = TrainedModel.load(experiment, DataDescription.read(run.data()), weights)) {
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
                String stem = free(image, taken);
                Raster prediction = model.predict(new Sample(stem, picture, Map.of(), texts));
                model.task().write(prediction, to.resolve(stem + PREDICTION));
                Path overlay = to.resolve(stem + OVERLAY);
                ImageFiles.writePng(model.task().overlay(picture, prediction), overlay);
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
    private static String free(Path image, Set<String> taken) {
        String name = image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        for (int number = 1; ; number++) {
            String stem = number == 1 ? name : name + "-" + number;
            if (taken.add(stem)) {
                return stem;
            }
        }
    }
}
