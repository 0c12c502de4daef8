package io.iedp.engine;

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.Quantity;
import io.iedp.api.task.Task;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a model predicts for one image, of one task: a value for each pixel, or several. */
public final class TaskPrediction {
    private final String name;
    private final Task task;
    private final RgbImage image;
    private final Raster raster;

    TaskPrediction(String name, Task task, RgbImage image, Raster raster) {
        this.name = name;
        this.task = task;
        this.image = image;
        this.raster = raster;
    }

    /** {@code main}, or what the experiment calls the task. */
    public String name() {
        return name;
    }

    /** What the values are, as in {@code class} or {@code depth}; empty when the task does not say. */
    public String quantity() {
        return quantities().name();
    }

    /** The unit of the values, as in {@code m}; empty for numbers without one. */
    public String unit() {
        return quantities().unit();
    }

    /** The classes that the values are indices of; empty for other quantities. */
    public List<PredictedClass> classes() {
        List<ClassInfo> classes = quantities().classes();
        return IntStream.range(0, classes.size())
                .mapToObj(index -> new PredictedClass(
                        index, classes.get(index).name(), classes.get(index).color()))
                .toList();
    }

    /** In pixels. */
    public int width() {
        return raster.width();
    }

    /** In pixels. */
    public int height() {
        return raster.height();
    }

    /** How many values each pixel has. */
    public int channels() {
        return raster.channels();
    }

    /** All values, channel by channel, each row by row: {@code channels * height * width}; a copy. */
    public float[] values() {
        return raster.values().clone();
    }

    /** The value of a pixel, its first if it has several. */
    public float value(int x, int y) {
        return value(0, x, y);
    }

    /**
     * One value of a pixel.
     *
     * @throws IndexOutOfBoundsException if there is no such pixel or channel
     */
    public float value(int channel, int x, int y) {
        Objects.checkIndex(channel, raster.channels());
        Objects.checkIndex(x, raster.width());
        Objects.checkIndex(y, raster.height());
        return raster.at(channel, x, y);
    }

    /** Whether anything is predicted there: some tasks leave out parts of the image. */
    public boolean isPredicted(int x, int y) {
        return value(x, y) != raster.invalid();
    }

    /** The class of a pixel; empty for other quantities, and where nothing is predicted. */
    public Optional<PredictedClass> classAt(int x, int y) {
        int index = (int) value(x, y);
        return quantities().classes().isEmpty() || !isPredicted(x, y)
                ? Optional.empty()
                : Optional.of(classes().get(index));
    }

    /** The prediction over the image. */
    public BufferedImage overlay() {
        return task.drawing().overlay(image, raster).toBufferedImage();
    }

    /** The prediction in colours. */
    public BufferedImage picture() {
        return task.drawing().draw(raster).toBufferedImage();
    }

    /**
     * Writes the values without loss, in the form that ground truth of the task has.
     *
     * @param png ends in {@code .png}
     * @throws io.iedp.api.UserException if it cannot be written
     */
    public void write(Path png) {
        task.drawing().write(raster, png);
    }

    /** Whether the values are depths in metres, of which {@link #points} are made. */
    public boolean isDepth() {
        return quantity().equals("depth") && unit().equals("m");
    }

    /**
     * What the image shows, in space.
     *
     * @param focalLength of the camera, in pixels; see {@link PointCloud#focalLength}
     * @throws IllegalStateException if the values are no depths
     * @throws IllegalArgumentException if the focal length is no number above 0
     */
    public PointCloud points(double focalLength) {
        if (!isDepth()) {
            throw new IllegalStateException("%s predicts %s, but points need depth".formatted(name, quantity()));
        }
        return PointCloud.of(image, raster, focalLength);
    }

    private Quantity quantities() {
        return task.protocol().quantity();
    }
}
