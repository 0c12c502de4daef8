package io.iedp.datasets.folder;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.ImageFiles;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Pictures in a folder and those inside of it, with label or depth maps of the same names in folders beside it. */
public final class FolderDataset implements Dataset {
    private static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png");
    private static final int SHOWN = 5;

    private final DatasetInfo info;
    private final double depthUnit;
    private final LabelTable labels;
    private final List<Entry> entries;

    private FolderDataset(DatasetInfo info, double depthUnit, LabelTable labels, List<Entry> entries) {
        this.info = info;
        this.depthUnit = depthUnit;
        this.labels = labels;
        this.entries = List.copyOf(entries);
    }

    /** The files of one sample. */
    private record Entry(
            String name, Path image, Optional<Path> labels, Optional<Path> depth, Map<String, String> texts) {}

    /**
     * Lists the pictures and checks that each has the maps that it should have; none is read yet.
     *
     * @throws UserException naming what is missing
     */
    public static FolderDataset open(FolderConfig config) {
        if (!Files.isDirectory(config.root())) {
            throw new UserException("There is no folder %s (root of the data set)"
                    .formatted(config.root().toAbsolutePath().normalize()));
        }
        Map<String, Path> images = pictures(config);
        List<ClassInfo> classes = config.labels().isEmpty() ? List.of() : ClassList.of(config);
        Map<String, Path> labels = maps(config, config.labels(), config.labelEnding(), "label map", images);
        Map<String, Path> depths = maps(config, config.depth(), ".png", "depth map", images);
        Map<String, Map<String, String>> texts = Captions.read(config.root().resolve("captions.csv"));
        String part = config.split().map(split -> split + "/").orElse("");
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        images.forEach((path, image) -> {
            String name = path.replace('/', '_');
            if (!names.add(name)) {
                throw new UserException("%s: there are two pictures that would be called '%s'. Rename one of them."
                        .formatted(image, name));
            }
            entries.add(new Entry(
                    name,
                    image,
                    Optional.ofNullable(labels.get(path)),
                    Optional.ofNullable(depths.get(path)),
                    texts.getOrDefault(part + path, Map.of())));
        });
        return new FolderDataset(
                new DatasetInfo(classes, config.depth().isEmpty() ? 0 : config.maxDepth()),
                config.depthUnit(),
                new LabelTable(config, classes.size()),
                entries);
    }

    private static Path folder(FolderConfig config, String part) {
        Path folder = config.root().resolve(part);
        return config.split().map(folder::resolve).orElse(folder);
    }

    private static Map<String, Path> pictures(FolderConfig config) {
        Path folder = folder(config, config.images());
        SortedMap<String, Path> pictures =
                FileTree.list(folder, PICTURES, "pictures; set root, images and split to where they are");
        if (pictures.isEmpty()) {
            throw new UserException("There is no .jpg, .jpeg or .png picture in %s".formatted(folder));
        }
        Optional<String> end = config.limit()
                .flatMap(limit -> pictures.keySet().stream().skip(limit).findFirst());
        return end.isPresent() ? pictures.headMap(end.get()) : pictures;
    }

    /** The maps by the names of their pictures; none when the folder's name is empty. */
    private static Map<String, Path> maps(
            FolderConfig config, String part, String ending, String what, Map<String, Path> images) {
        if (part.isEmpty()) {
            return Map.of();
        }
        Path folder = folder(config, part);
        Map<String, Path> maps = FileTree.list(folder, List.of(ending), what + "s");
        List<String> missing = images.keySet().stream()
                .filter(name -> !maps.containsKey(name))
                .map(name -> name + ending)
                .toList();
        if (!missing.isEmpty()) {
            throw new UserException("%d of %d pictures have no %s in %s: %s%s"
                    .formatted(
                            missing.size(),
                            images.size(),
                            what,
                            folder,
                            String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size()))),
                            missing.size() > SHOWN ? ", ..." : ""));
        }
        return maps;
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Sample get(int index) {
        Entry entry = entries.get(index);
        RgbImage image = ImageFiles.readRgb(entry.image);
        Map<String, Raster> targets = new HashMap<>();
        entry.labels.ifPresent(file -> targets.put(
                Sample.LABELS, labels.apply(sameSize(ImageFiles.readLabels(file), file, image, entry.image), file)));
        entry.depth.ifPresent(file ->
                targets.put(Sample.DEPTH, sameSize(ImageFiles.readDepth(file, depthUnit), file, image, entry.image)));
        return new Sample(entry.name, image, targets, entry.texts);
    }

    private static Raster sameSize(Raster raster, Path map, RgbImage image, Path file) {
        if (raster.width() == image.width() && raster.height() == image.height()) {
            return raster;
        }
        boolean turned = raster.width() == image.height() && raster.height() == image.width();
        throw new UserException("%s is %d x %d, but its picture %s is %d x %d%s"
                .formatted(
                        map,
                        raster.width(),
                        raster.height(),
                        file,
                        image.width(),
                        image.height(),
                        turned ? ", upright as its EXIF orientation says. Turn the map, too." : ""));
    }
}
