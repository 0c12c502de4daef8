package io.iedp.serve.http;

import com.google.gson.stream.JsonWriter;
import io.iedp.engine.PredictedClass;
import io.iedp.engine.Prediction;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.image.ImageFiles;
import io.iedp.serve.work.ServedModel;
import io.iedp.serve.work.TaskInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A prediction in the forms that the simple protocols have. */
final class Answers {
    private Answers() {}

    /**
     * What is predicted in words and numbers: of classes each that occurs with its share, of other quantities their range.
     *
     * @param tasks that are shown
     * @param values whether the value of each pixel is shown, too
     */
    static byte[] json(ServedModel model, String id, Prediction prediction, List<TaskInfo> tasks, boolean values) {
        return Json.write(json -> {
            json.beginObject();
            json.name("model").value(model.name()).name("id").value(id);
            json.name("width").value(prediction.width());
            json.name("height").value(prediction.height());
            json.name("tasks").beginObject();
            for (TaskInfo task : tasks) {
                TaskPrediction predicted = prediction.task(task.name());
                json.name(task.name()).beginObject();
                json.name("quantity").value(task.quantity()).name("unit").value(task.unit());
                if (task.hasClasses()) {
                    classes(json, task, predicted);
                } else {
                    range(json, predicted);
                }
                if (values) {
                    json.name("values");
                    Values.rows(json, predicted);
                }
                json.endObject();
            }
            json.endObject().endObject();
        });
    }

    private static void classes(JsonWriter json, TaskInfo task, TaskPrediction predicted) throws IOException {
        int[] pixels = counts(task, predicted);
        double all = (double) predicted.width() * predicted.height();
        json.name("classes").beginArray();
        for (PredictedClass each : occurring(task, pixels)) {
            json.beginObject();
            json.name("index").value(each.index()).name("name").value(each.name());
            json.name("color").value(color(each.rgb()));
            json.name("pixels").value(pixels[each.index()]);
            json.name("share").value(pixels[each.index()] / all).endObject();
        }
        json.endArray();
    }

    /** The pixels of each class. */
    static int[] counts(TaskInfo task, TaskPrediction predicted) {
        int[] pixels = new int[task.classes().size()];
        for (float value : predicted.values()) {
            if (value >= 0 && value < pixels.length) {
                pixels[(int) value]++;
            }
        }
        return pixels;
    }

    /** The classes that have pixels, those with the most first. */
    static List<PredictedClass> occurring(TaskInfo task, int... pixels) {
        return task.classes().stream()
                .filter(each -> pixels[each.index()] > 0)
                .sorted(Comparator.comparingInt((PredictedClass each) -> -pixels[each.index()]))
                .toList();
    }

    private static void range(JsonWriter json, TaskPrediction predicted) throws IOException {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long count = 0;
        float[] values = predicted.values();
        boolean[] shown = shown(predicted);
        for (int i = 0; i < values.length; i++) {
            if (shown[i % shown.length] && Float.isFinite(values[i])) {
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
                sum += values[i];
                count++;
            }
        }
        json.name("channels").value(predicted.channels());
        if (count > 0) {
            json.name("min")
                    .value(least)
                    .name("max")
                    .value(greatest)
                    .name("mean")
                    .value(sum / count);
        }
    }

    private static boolean[] shown(TaskPrediction predicted) {
        boolean[] shown = new boolean[predicted.width() * predicted.height()];
        IntStream.range(0, shown.length)
                .forEach(i -> shown[i] = predicted.isPredicted(i % predicted.width(), i / predicted.width()));
        return shown;
    }

    /** The values without loss, in the form that ground truth of the task has. */
    static byte[] valuesPng(TaskPrediction prediction) {
        try {
            Path folder = Files.createTempDirectory("iedp-serve");
            Path file = folder.resolve("values.png");
            try {
                prediction.write(file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of temporary files cannot be used", e);
        }
    }

    static byte[] picturePng(Prediction prediction, boolean overlay) {
        return ImageFiles.encodePng(overlay ? prediction.overlay() : prediction.picture());
    }

    static byte[] picturePng(TaskPrediction prediction, boolean overlay) {
        return ImageFiles.encodePng(overlay ? prediction.overlay() : prediction.picture());
    }

    static String color(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }
}
