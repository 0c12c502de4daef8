package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.io.image.ImageFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the values in a data set's maps mean.
 *
 * @param labels from stored labels to classes
 * @param depthUnit metres that one unit of a depth map stands for
 */
record MapFormat(DatasetInfo info, LabelTable labels, double depthUnit) {
    static MapFormat ofLabels(DatasetInfo info, LabelTable labels) {
        return new MapFormat(info, labels, 1);
    }

    static MapFormat ofDepth(double depthUnit, DatasetInfo info) {
        return new MapFormat(info, LabelTable.inOrder(0, false, List.of()), depthUnit);
    }

    /**
     * Maps of one's own data.
     *
     * @param classes in the order of their labels
     * @param reduceZeroLabel whether 0 is nothing and the first class is 1
     * @param ignore further labels that do not count
     * @param maxDepth in metres; 0 when there is no depth
     */
    static MapFormat inOrder(
            List<ClassInfo> classes, boolean reduceZeroLabel, List<Integer> ignore, double depthUnit, double maxDepth) {
        return new MapFormat(
                new DatasetInfo(classes, maxDepth),
                LabelTable.inOrder(classes.size(), reduceZeroLabel, ignore),
                depthUnit);
    }

    /**
     * Decodes a sample.
     *
     * @throws UserException if part of it is damaged, or the parts do not fit each other
     */
    Sample sample(
            String name,
            StoredImage picture,
            Optional<StoredImage> labelMap,
            Optional<StoredImage> depthMap,
            Map<String, String> texts) {
        RgbImage image = ImageFiles.decodeRgb(picture.bytes(), picture.origin());
        Map<String, Raster> targets = new HashMap<>();
        labelMap.ifPresent(map -> {
            Raster stored = ImageFiles.decodeLabels(map.bytes(), map.origin());
            targets.put(Sample.LABELS, labels.apply(sameSize(stored, map, image, picture), map.origin()));
        });
        depthMap.ifPresent(map -> {
            Raster stored = ImageFiles.decodeDepth(map.bytes(), depthUnit, map.origin());
            targets.put(Sample.DEPTH, sameSize(stored, map, image, picture));
        });
        return new Sample(name, image, targets, texts);
    }

    private static Raster sameSize(Raster raster, StoredImage map, RgbImage image, StoredImage picture) {
        if (raster.width() == image.width() && raster.height() == image.height()) {
            return raster;
        }
        boolean turned = raster.width() == image.height() && raster.height() == image.width();
        throw new UserException("%s is %s x %s, but its picture %s is %s x %s%s"
                .formatted(
                        map.origin(),
                        raster.width(),
                        raster.height(),
                        picture.origin(),
                        image.width(),
                        image.height(),
                        turned ? ", upright as its EXIF orientation says. Turn the map, too." : ""));
    }
}
