package io.iedp.engine;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.model.TaskHead;
import io.iedp.engine.model.TaskHeads;
import io.iedp.io.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a model predicts for one image, of all its tasks. Immutable; it outlives the model. */
public final class Prediction {
    private final TaskHeads heads;
    private final RgbImage image;
    private final Map<String, Raster> rasters;
    private final Map<String, TaskPrediction> tasks = new LinkedHashMap<>();

    Prediction(TaskHeads heads, RgbImage image, Map<String, Raster> rasters) {
        this.heads = heads;
        this.image = image;
        this.rasters = rasters;
        heads.heads()
                .forEach(head -> tasks.put(
                        name(head), new TaskPrediction(name(head), head.task(), image, rasters.get(head.name()))));
    }

    static String name(TaskHead head) {
        return head.name().isEmpty() ? Experiment.MAIN_TASK : head.name();
    }

    /** In pixels. */
    public int width() {
        return image.width();
    }

    /** In pixels. */
    public int height() {
        return image.height();
    }

    /** The predictions of all tasks by name, {@code main} first. */
    public Map<String, TaskPrediction> tasks() {
        return Collections.unmodifiableMap(tasks);
    }

    /** The prediction of the main task. */
    public TaskPrediction main() {
        return tasks.get(Experiment.MAIN_TASK);
    }

    /**
     * The prediction of one task.
     *
     * @throws IllegalArgumentException if there is no such task
     */
    public TaskPrediction task(String name) {
        TaskPrediction task = tasks.get(name);
        if (task == null) {
            throw new IllegalArgumentException("There is no task '%s'; there are %s".formatted(name, tasks.keySet()));
        }
        return task;
    }

    /** The predictions over the image, those of several tasks side by side. */
    public BufferedImage overlay() {
        return heads.pictures().overlay(image, rasters).toBufferedImage();
    }

    /** The predictions in colours, those of several tasks side by side. */
    public BufferedImage picture() {
        return heads.pictures().draw(rasters).toBufferedImage();
    }

    /**
     * Writes the values without loss, in the form that ground truth of the task has: the main task's to the file, the
     * others' to files whose names end in the task's name.
     *
     * @param png ends in {@code .png}
     * @throws io.iedp.api.UserException if a file cannot be written
     */
    public void write(Path png) {
        heads.pictures().write(rasters, png);
    }

    /**
     * Writes the {@link #overlay}.
     *
     * @param png ends in {@code .png}
     * @throws io.iedp.api.UserException if the file cannot be written
     */
    public void writeOverlay(Path png) {
        ImageFiles.writePng(heads.pictures().overlay(image, rasters), png);
    }
}
