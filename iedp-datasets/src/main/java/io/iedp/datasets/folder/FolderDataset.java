package io.iedp.datasets.folder;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.ImageFiles;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Pictures in a folder, with label or depth maps of the same names in folders beside it. */
public final class FolderDataset implements Dataset {
    private static final int SHOWN = 5;

    private final FolderConfig config;
    private final DatasetInfo info;
    private final List<Path> images;
    private final Map<String, Map<String, String>> texts;

    private FolderDataset(
            FolderConfig config, DatasetInfo info, List<Path> images, Map<String, Map<String, String>> texts) {
        this.config = config;
        this.info = info;
        this.images = images;
        this.texts = texts;
    }

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
        List<Path> images = pictures(folder(config, config.images()));
        images = config.limit().isPresent()
                ? images.subList(0, Math.min(images.size(), config.limit().get()))
                : images;
        List<ClassInfo> classes = List.of();
        if (!config.labels().isEmpty()) {
            requireAll(images, folder(config, config.labels()), config.labelEnding(), "label map");
            classes = ClassList.of(config);
        }
        if (!config.depth().isEmpty()) {
            requireAll(images, folder(config, config.depth()), ".png", "depth map");
        }
        return new FolderDataset(
                config,
                new DatasetInfo(classes, config.depth().isEmpty() ? 0 : config.maxDepth()),
                List.copyOf(images),
                Captions.read(config.root().resolve("captions.csv")));
    }

    private static Path folder(FolderConfig config, String part) {
        Path folder = config.root().resolve(part);
        return config.split().map(folder::resolve).orElse(folder);
    }

    private static List<Path> pictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException("There is no folder %s of pictures; set root, images and split to where they are."
                    .formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pictures = files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches("[^.].*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
            if (pictures.isEmpty()) {
                throw new UserException("There is no .jpg, .jpeg or .png picture in %s".formatted(folder));
            }
            return pictures;
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static void requireAll(List<Path> images, Path folder, String ending, String what) {
        List<String> missing = new ArrayList<>();
        for (Path image : images) {
            if (!Files.isRegularFile(folder.resolve(stem(image) + ending))) {
                missing.add(stem(image) + ending);
            }
        }
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
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public Sample get(int index) {
        Path file = images.get(index);
        String name = stem(file);
        RgbImage image = ImageFiles.readRgb(file);
        Map<String, Raster> targets = new HashMap<>();
        if (!config.labels().isEmpty()) {
            Path map = folder(config, config.labels()).resolve(name + config.labelEnding());
            targets.put(Sample.LABELS, labels(map, sameSize(ImageFiles.readLabels(map), map, image, file)));
        }
        if (!config.depth().isEmpty()) {
            Path map = folder(config, config.depth()).resolve(name + ".png");
            targets.put(Sample.DEPTH, sameSize(ImageFiles.readDepth(map, config.depthUnit()), map, image, file));
        }
        return new Sample(name, image, targets, texts.getOrDefault(name, Map.of()));
    }

    private static Raster sameSize(Raster raster, Path map, RgbImage image, Path file) {
        if (raster.width() != image.width() || raster.height() != image.height()) {
            throw new UserException("%s is %d x %d, but its picture %s is %d x %d"
                    .formatted(map, raster.width(), raster.height(), file, image.width(), image.height()));
        }
        return raster;
    }

    /** From the numbers of the file to those of the classes. */
    private Raster labels(Path file, Raster stored) {
        float[] values = stored.values();
        int shift = config.reduceZeroLabel() ? 1 : 0;
        for (int i = 0; i < values.length; i++) {
            int label = (int) values[i];
            if (label == Raster.IGNORE || label < shift || config.ignore().contains(label)) {
                values[i] = Raster.IGNORE;
            } else if (label - shift >= info.classes().size()) {
                throw new UserException(
                        "%s: the pixel at (%d, %d) has label %d, but there are %d classes, with labels %d to %d. Labels that stand for no class belong into 'ignore'."
                                .formatted(
                                        file,
                                        i % stored.width(),
                                        i / stored.width(),
                                        label,
                                        info.classes().size(),
                                        shift,
                                        info.classes().size() + shift - 1));
            } else {
                values[i] = label - shift;
            }
        }
        return stored;
    }
}
