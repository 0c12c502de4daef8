package io.iedp.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.ComponentFactory;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.TransformFactory;
import io.iedp.datasets.files.Ade20k;
import io.iedp.datasets.files.Cityscapes;
import io.iedp.datasets.files.CocoStuff;
import io.iedp.datasets.files.CsvTable;
import io.iedp.datasets.files.Folder;
import io.iedp.datasets.files.KittiDepth;
import io.iedp.datasets.files.NyuDepth;
import io.iedp.datasets.files.PascalContext;
import io.iedp.datasets.files.PascalVoc;
import io.iedp.datasets.files.RefCoco;
import io.iedp.datasets.files.Shards;
import io.iedp.datasets.rooms.RoomsConfig;
import io.iedp.datasets.transform.BrightnessContrast;
import io.iedp.datasets.transform.ColorJitter;
import io.iedp.datasets.transform.CutDepth;
import io.iedp.datasets.transform.CutOut;
import io.iedp.datasets.transform.Gamma;
import io.iedp.datasets.transform.HueSaturation;
import io.iedp.datasets.transform.Pad;
import io.iedp.datasets.transform.PhotometricDistortion;
import io.iedp.datasets.transform.RandomCrop;
import io.iedp.datasets.transform.RandomFlip;
import io.iedp.datasets.transform.RandomRotation;
import io.iedp.datasets.transform.RandomScale;
import io.iedp.datasets.transform.Resize;
import io.iedp.testkit.Contracts;
import io.iedp.testkit.DatasetContract;
import io.iedp.testkit.TransformContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for each data set and each transform. */
class DataContractsTest {
    private static final Optional<Integer> ALL = Optional.empty();

    private static <F extends ComponentFactory<?, ?, ?>> F find(List<F> factories, String type) {
        return factories.stream()
                .filter(factory -> factory.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyComponentIsHere() {
        assertThat(Contracts.types(this))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(new DatasetsPlugin().datasets(), new DatasetsPlugin().transforms())
                                .flatMap(List::stream)
                                .map(ComponentFactory::type)
                                .toList());
    }

    private abstract static class Source<C extends Record> extends DatasetContract<C> {
        private final String type;
        private final Function<Path, C> layout;

        @TempDir
        private Path root;

        private C written;

        /**
         * @param layout writes the data set into a folder
         */
        Source(String type, Function<Path, C> layout) {
            this.type = type;
            this.layout = layout;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected DatasetFactory<C> factory() {
            return (DatasetFactory<C>) find(new DatasetsPlugin().datasets(), type);
        }

        @Override
        protected C configuration() {
            if (written == null) {
                written = layout.apply(root);
            }
            return written;
        }
    }

    /** Two pictures, with label map and depth map each, and a table of them. */
    private static Path both(Path root) {
        for (String name : List.of("a", "b")) {
            Path picture = root.resolve("images/" + name + ".jpg");
            Layouts.labelled(picture, root.resolve("annotations/" + name + ".png"), 1, 0, 1, 2, 3);
            Layouts.deep(
                    picture,
                    root.resolve("depth/" + name + ".png"),
                    Layouts.WIDTH,
                    Layouts.HEIGHT,
                    name.charAt(0),
                    0.001);
        }
        Layouts.text(
                root.resolve("table.csv"),
                "image,labels,depth,caption",
                "images/a.jpg,annotations/a.png,depth/a.png,a room",
                "images/b.jpg,annotations/b.png,,");
        return root;
    }

    @Nested
    class RoomsAlone extends Source<RoomsConfig> {
        RoomsAlone() {
            super(
                    "rooms",
                    root -> new RoomsConfig(
                            5,
                            2,
                            32,
                            24,
                            false,
                            false,
                            RoomsConfig.Captions.PLAIN,
                            Optional.empty(),
                            RoomsConfig.Variety.PLAIN));
        }
    }

    @Nested
    class RoomsWithAll extends Source<RoomsConfig> {
        RoomsWithAll() {
            super(
                    "rooms",
                    root -> new RoomsConfig(
                            5,
                            2,
                            32,
                            24,
                            true,
                            true,
                            RoomsConfig.Captions.VARIED,
                            Optional.of(0.5),
                            RoomsConfig.Variety.RICH));
        }
    }

    @Nested
    class Scenes extends Source<Ade20k.Config> {
        Scenes() {
            super("ade20k", root -> new Ade20k.Config(Layouts.ade20k(root).root(), Ade20k.Split.TRAINING, ALL));
        }
    }

    @Nested
    class Cities extends Source<Cityscapes.Config> {
        Cities() {
            super(
                    "cityscapes",
                    root -> new Cityscapes.Config(
                            Layouts.cityscapes(root).root(), Cityscapes.Split.TRAIN, Cityscapes.Labels.LABEL_IDS, ALL));
        }
    }

    @Nested
    class Stuff extends Source<CocoStuff.Config> {
        Stuff() {
            super(
                    "coco-stuff",
                    root -> new CocoStuff.Config(
                            Layouts.cocoStuff164k(root).root(), "164k", CocoStuff.Split.TRAIN, ALL));
        }
    }

    @Nested
    class LessStuff extends Source<CocoStuff.Config> {
        LessStuff() {
            super(
                    "coco-stuff",
                    root -> new CocoStuff.Config(Layouts.cocoStuff10k(root).root(), "10k", CocoStuff.Split.VAL, ALL));
        }
    }

    @Nested
    class Things extends Source<PascalVoc.Config> {
        Things() {
            super(
                    "pascal-voc",
                    root -> new PascalVoc.Config(Layouts.pascalVoc(root).root(), PascalVoc.Split.TRAINAUG, ALL));
        }
    }

    @Nested
    class Contexts extends Source<PascalContext.Config> {
        Contexts() {
            super(
                    "pascal-context",
                    root -> new PascalContext.Config(
                            Layouts.pascalContext(root).root(), PascalContext.Split.TRAIN, true, ALL));
        }
    }

    @Nested
    class Indoors extends Source<NyuDepth.Config> {
        Indoors() {
            super(
                    "nyu-depth",
                    root -> new NyuDepth.Config(
                            Layouts.nyuDepth(root).root(),
                            NyuDepth.Split.TRAIN,
                            Optional.empty(),
                            NyuDepth.Scenes.FIRST_MATCH,
                            false,
                            10,
                            ALL));
        }
    }

    @Nested
    class Outdoors extends Source<KittiDepth.Config> {
        Outdoors() {
            super(
                    "kitti-depth",
                    root -> new KittiDepth.Config(
                            Layouts.kittiDepth(root, 32, 24).root(),
                            KittiDepth.Split.TRAIN,
                            Optional.empty(),
                            false,
                            80,
                            ALL));
        }
    }

    @Nested
    class Expressions extends Source<RefCoco.Config> {
        Expressions() {
            super(
                    "refcoco",
                    root -> new RefCoco.Config(
                            Layouts.refCoco(root).root(),
                            "refcoco",
                            "unc",
                            "train",
                            RefCoco.Sentences.ALL,
                            Optional.empty(),
                            Optional.empty(),
                            ALL));
        }
    }

    @Nested
    class Archives extends Source<Shards.Config> {
        Archives() {
            super(
                    "webdataset",
                    root -> new Shards.Config(
                            List.of(Layouts.webDataset(root)
                                    .root()
                                    .resolve("train-{0..1}.tar")
                                    .toString()),
                            List.of("jpg"),
                            "seg.png",
                            "",
                            Map.of(),
                            0.001,
                            10,
                            List.of("a", "b", "c", "d"),
                            false,
                            List.of(),
                            10,
                            Optional.of(root.resolve("indices")),
                            ALL));
        }
    }

    @Nested
    class Folders extends Source<Folder.Config> {
        Folders() {
            super(
                    "folder",
                    root -> new Folder.Config(
                            both(root),
                            Optional.empty(),
                            "images",
                            "annotations",
                            ".png",
                            "depth",
                            0.001,
                            10,
                            List.of("a", "b", "c", "d"),
                            false,
                            List.of(),
                            ALL));
        }
    }

    @Nested
    class Tables extends Source<CsvTable.Config> {
        Tables() {
            super(
                    "csv",
                    root -> new CsvTable.Config(
                            both(root).resolve("table.csv"), 0.001, 10, List.of("a", "b", "c"), true, List.of(), ALL));
        }
    }

    /** Two data sets, the second of them twice. */
    @Nested
    class Several extends Source<Joined.Config> {
        Several() {
            super("joined", root -> {
                Path folder = Layouts.refCoco(root).root();
                return new Joined.Config(List.of(
                        new Joined.Part(JoinedTest.chosen("refcoco", context -> split(folder, "train")), 1),
                        new Joined.Part(JoinedTest.chosen("refcoco", context -> split(folder, "val")), 2)));
            });
        }

        private static Dataset split(Path root, String split) {
            return RefCoco.open(new RefCoco.Config(
                    root, "refcoco", "unc", split, RefCoco.Sentences.ALL, Optional.empty(), Optional.empty(), ALL));
        }
    }

    private abstract static class Change<C extends Record> extends TransformContract<C> {
        private final String type;
        private final C configuration;

        Change(String type, C configuration) {
            this.type = type;
            this.configuration = configuration;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected TransformFactory<C> factory() {
            return (TransformFactory<C>) find(new DatasetsPlugin().transforms(), type);
        }

        @Override
        protected C configuration() {
            return configuration;
        }
    }

    @Nested
    class Stretched extends Change<Resize.Config> {
        Stretched() {
            super("resize", new Resize.Config(50, 20, false, 0.8, 1.5, true));
        }
    }

    @Nested
    class Scaled extends Change<RandomScale.Config> {
        Scaled() {
            super("random-scale", new RandomScale.Config(0.5, 2));
        }
    }

    @Nested
    class Cropped extends Change<RandomCrop.Config> {
        Cropped() {
            super("random-crop", new RandomCrop.Config(20, 40, 0.75, 127, true));
        }
    }

    @Nested
    class Padded extends Change<Pad.Config> {
        Padded() {
            super("pad", new Pad.Config(40, 40, 127));
        }
    }

    @Nested
    class Mirrored extends Change<RandomFlip.Config> {
        Mirrored() {
            super("random-flip", new RandomFlip.Config(0.5));
        }
    }

    @Nested
    class Jittered extends Change<ColorJitter.Config> {
        Jittered() {
            super("color-jitter", new ColorJitter.Config(32, 0.5, 0.5, 36));
        }
    }

    @Nested
    class Distorted extends Change<PhotometricDistortion.Config> {
        Distorted() {
            super("photometric-distortion", new PhotometricDistortion.Config(32, 0.5, 1.5, 0.5, 1.5, 18));
        }
    }

    @Nested
    class Brightened extends Change<BrightnessContrast.Config> {
        Brightened() {
            super("brightness-contrast", new BrightnessContrast.Config(0.2, 0.2, 0.5));
        }
    }

    @Nested
    class Gammas extends Change<Gamma.Config> {
        Gammas() {
            super("gamma", new Gamma.Config(0.8, 1.2, 0.5));
        }
    }

    @Nested
    class Hues extends Change<HueSaturation.Config> {
        Hues() {
            super("hue-saturation", new HueSaturation.Config(20, 30, 20, 0.5));
        }
    }

    @Nested
    class Strips extends Change<CutDepth.Config> {
        Strips() {
            super("cut-depth", new CutDepth.Config(0.5, 0.75, CutDepth.Encoding.SCALED, 10, 0.001));
        }
    }

    @Nested
    class Turned extends Change<RandomRotation.Config> {
        Turned() {
            super("random-rotation", new RandomRotation.Config(0.5, 30, 127));
        }
    }

    @Nested
    class Covered extends Change<CutOut.Config> {
        Covered() {
            super("cut-out", new CutOut.Config(0.5, 1, 3, 0.25, 0.5, 127));
        }
    }
}
