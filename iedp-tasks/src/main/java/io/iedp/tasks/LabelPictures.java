package io.iedp.tasks;

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.LegendEntry;
import java.util.List;

/** Labels in the colours of their classes; ignored pixels are black. */
record LabelPictures(List<ClassInfo> classes, double opacity) {
    RgbImage draw(Raster labels) {
        byte[] pixels = new byte[labels.values().length * 3];
        for (int i = 0; i < labels.values().length; i++) {
            Pixels.blend(pixels, i, color(labels.values()[i]), 1);
        }
        return new RgbImage(labels.width(), labels.height(), pixels);
    }

    RgbImage overlay(RgbImage image, Raster labels) {
        Pixels.requireSize(image, "labels are", labels);
        byte[] pixels = image.pixels().clone();
        for (int i = 0; i < labels.values().length; i++) {
            if (labels.values()[i] != Raster.IGNORE) {
                Pixels.blend(pixels, i, color(labels.values()[i]), opacity);
            }
        }
        return new RgbImage(image.width(), image.height(), pixels);
    }

    List<LegendEntry> legend() {
        return classes.stream()
                .map(info -> new LegendEntry(info.name(), info.color()))
                .toList();
    }

    private int color(float label) {
        return label == Raster.IGNORE ? 0 : classes.get((int) label).color();
    }
}
