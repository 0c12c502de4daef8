package io.iedp.engine.model;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.Drawing;
import io.iedp.api.task.LegendEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Shows and keeps predictions of all tasks, side by side where they share a picture. */
public final class TaskPictures {
    private final List<TaskHead> heads;

    TaskPictures(List<TaskHead> heads) {
        this.heads = heads;
    }

    /** Predictions or ground truths as one picture. */
    public RgbImage draw(Map<String, Raster> rasters) {
        return sideBySide(rasters, Drawing::draw);
    }

    /** Predictions over their photograph. */
    public RgbImage overlay(RgbImage image, Map<String, Raster> predictions) {
        return sideBySide(predictions, (drawing, own) -> drawing.overlay(image, own));
    }

    /** What the colours mean. */
    public List<LegendEntry> legend() {
        return heads.stream()
                .flatMap(each -> each.task().drawing().legend().stream()
                        .map(entry -> new LegendEntry(each.qualified(": ", entry.name()), entry.color())))
                .toList();
    }

    /**
     * Writes the main task's prediction to the file, the others' to files whose names end in the task's name.
     *
     * @throws io.iedp.api.UserException if one cannot be written
     */
    public void write(Map<String, Raster> predictions, Path file) {
        String main = file.getFileName().toString();
        for (TaskHead head : heads) {
            String name = head.name().isEmpty() ? main : main.replaceFirst("(\\.[^.]*)?$", "-" + head.name() + "$1");
            head.task().drawing().write(predictions.get(head.name()), file.resolveSibling(name));
        }
    }

    private RgbImage sideBySide(Map<String, Raster> rasters, BiFunction<Drawing, Raster, RgbImage> draw) {
        List<RgbImage> pictures = heads.stream()
                .map(each -> draw.apply(each.task().drawing(), rasters.get(each.name())))
                .toList();
        if (pictures.size() == 1) {
            return pictures.get(0);
        }
        int height = pictures.stream().mapToInt(RgbImage::height).max().orElseThrow();
        int width = pictures.stream().mapToInt(RgbImage::width).sum();
        byte[] pixels = new byte[3 * width * height];
        int left = 0;
        for (RgbImage picture : pictures) {
            for (int y = 0; y < picture.height(); y++) {
                System.arraycopy(
                        picture.pixels(), 3 * y * picture.width(), pixels, 3 * (y * width + left), 3 * picture.width());
            }
            left += picture.width();
        }
        return new RgbImage(width, height, pixels);
    }
}
