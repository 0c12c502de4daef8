package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.engine.IedpModel;
import io.iedp.engine.Prediction;
import io.iedp.engine.PredictionCost;
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
import java.util.LinkedHashSet;
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

    /** Hears how far the predictions are. */
    public interface Listener {
        /** A picture is about to be predicted. */
        void begins(Path image, PredictionCost cost);

        /** It has passed through the model once more; called on another thread. */
        void passed();

        /**
         * Its files are there.
         *
         * @param stem what their names begin with
         */
        void written(Path image, String stem, Prediction prediction, Path overlay);
    }

    /**
     * Writes two files a picture: the prediction itself, in the form that the task's ground truth has, and an overlay; and,
     * for each task with classes, a table of what the values stand for.
     * Pictures that cannot be read or predicted are reported after the others are done.
     *
     * @param texts of every picture, such as its caption
     * @throws UserException if some picture is missing, damaged or too large
     */
    public static void write(
            IedpModel model, List<Path> images, Map<String, String> texts, Path to, Listener listener) {
        Set<String> failures = new LinkedHashSet<>();
        Set<String> taken = new HashSet<>();
        boolean explained = false;
        try {
            Files.createDirectories(to);
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be made: %s".formatted(to, e.getMessage()), e);
        }
        for (Path image : images) {
            try {
                Optional<Prediction> predicted = predict(model, image, texts, listener, failures);
                if (predicted.isPresent()) {
                    Prediction prediction = predicted.get();
                    if (!explained) {
                        writeLegends(prediction, to);
                        explained = true;
                    }
                    String stem = free(image, taken);
                    prediction.write(to.resolve(stem + PREDICTION));
                    Path overlay = to.resolve(stem + OVERLAY);
                    prediction.writeOverlay(overlay);
                    listener.written(image, stem, prediction, overlay);
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

    private static Optional<Prediction> predict(
            IedpModel model, Path image, Map<String, String> texts, Listener listener, Set<String> failures) {
        try {
            BufferedImage picture = ImageFiles.readRgb(image).toBufferedImage();
            listener.begins(image, model.cost(picture.getWidth(), picture.getHeight()));
            return Optional.of(model.predict(picture, texts, listener::passed));
        } catch (UserException e) {
            failures.add(e.getMessage());
            return Optional.empty();
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
