package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.engine.IedpModel;
import io.iedp.engine.Prediction;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.image.ImageFiles;
import io.iedp.io.text.Csv;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Predictions for photographs, as files. */
public final class PredictionFiles {
    private static final String OVERLAY = "-overlay.png";
    private static final String PREDICTION = "-prediction.png";

    private PredictionFiles() {}

    /** Hears of a picture and its overlay. */
    @FunctionalInterface
    public interface Written {
        void accept(Path image, Prediction prediction, Path overlay);
    }

    /**
     * Writes two files a picture: the prediction itself, in the form that the task's ground truth has, and an overlay; and,
     * for each task with classes, a table of what the values stand for.
     * Pictures that cannot be read are reported after the others are done.
     *
     * @param texts of every picture, such as its caption
     * @param written hears of each picture when its files are there
     * @throws UserException if some picture is missing, damaged or too large
     */
    public static void write(IedpModel model, List<Path> images, Map<String, String> texts, Path to, Written written) {
        List<String> failures = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        boolean explained = false;
        try {
            Files.createDirectories(to);
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be made: %s".formatted(to, e.getMessage()), e);
        }
        for (Path image : images) {
            try {
                Optional<BufferedImage> picture = read(image, failures);
                if (picture.isPresent()) {
                    String stem = free(image, taken);
                    Prediction prediction = model.predict(picture.get(), texts);
                    if (!explained) {
                        writeLegends(prediction, to);
                        explained = true;
                    }
                    prediction.write(to.resolve(stem + PREDICTION));
                    Path overlay = to.resolve(stem + OVERLAY);
                    prediction.writeOverlay(overlay);
                    written.accept(image, prediction, overlay);
                }
            } catch (OutOfMemoryError e) {
                failures.add("%s is too large to be predicted in a heap of %s MiB (-Xmx)"
                        .formatted(image, Runtime.getRuntime().maxMemory() >> 20));
            }
        }
        if (!failures.isEmpty()) {
            throw new UserException(String.join(System.lineSeparator(), failures));
        }
    }

    private static void writeLegends(Prediction prediction, Path to) {
        for (TaskPrediction task : prediction.tasks().values()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("value", "class", "color"));
            task.classes()
                    .forEach(each -> rows.add(List.of(
                            Integer.toString(each.index()),
                            each.name(),
                            String.format(Locale.ROOT, "#%06x", each.rgb()))));
            String name = task == prediction.main() ? "legend.csv" : task.name() + "-legend.csv";
            try {
                if (rows.size() > 1) {
                    AtomicFiles.write(to.resolve(name), Csv.text(rows));
                }
            } catch (IOException e) {
                throw new UserException("%s cannot be written: %s".formatted(to.resolve(name), e.getMessage()), e);
            }
        }
    }

    private static Optional<BufferedImage> read(Path image, List<String> failures) {
        try {
            return Optional.of(read(image));
        } catch (UserException e) {
            failures.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static BufferedImage read(Path image) {
        return ImageFiles.readRgb(image).toBufferedImage();
    }

    /** The name of a picture without its ending. */
    static String stem(Path image) {
        return image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** Two pictures of one name, from two folders, must not overwrite each other. */
    private static String free(Path image, Set<String> taken) {
        String name = stem(image);
        for (int number = 1; ; number++) {
            String stem = number == 1 ? name : name + "-" + number;
            if (taken.add(stem)) {
                return stem;
            }
        }
    }
}
