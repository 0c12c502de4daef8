package io.iedp.datasets;

import io.iedp.api.ComponentFactory;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.TransformFactory;
import io.iedp.datasets.rooms.RoomsConfig;
import io.iedp.datasets.transform.BrightnessContrast;
import io.iedp.datasets.transform.ColorJitter;
import io.iedp.datasets.transform.CutDepth;
import io.iedp.datasets.transform.Gamma;
import io.iedp.datasets.transform.HueSaturation;
import io.iedp.datasets.transform.Pad;
import io.iedp.datasets.transform.PhotometricDistortion;
import io.iedp.datasets.transform.RandomCrop;
import io.iedp.datasets.transform.RandomFlip;
import io.iedp.datasets.transform.RandomScale;
import io.iedp.datasets.transform.Resize;
import io.iedp.testkit.DatasetContract;
import io.iedp.testkit.TransformContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** What holds for each data set that needs no files, and for each transform. */
class DataContractsTest {
    private static <F extends ComponentFactory<?, ?, ?>> F find(List<F> factories, String type) {
        return factories.stream()
                .filter(factory -> factory.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private abstract static class Rooms extends DatasetContract<RoomsConfig> {
        private final boolean all;

        Rooms(boolean all) {
            this.all = all;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected DatasetFactory<RoomsConfig> factory() {
            return (DatasetFactory<RoomsConfig>) find(new DatasetsPlugin().datasets(), "rooms");
        }

        @Override
        protected RoomsConfig configuration() {
            return new RoomsConfig(5, 2, 32, 24, all, all);
        }
    }

    @Nested
    class PlainRooms extends Rooms {
        PlainRooms() {
            super(false);
        }
    }

    @Nested
    class RoomsWithAll extends Rooms {
        RoomsWithAll() {
            super(true);
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
            super("resize", new Resize.Config(50, 20, false, 0.8, 1.5));
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
            super("random-crop", new RandomCrop.Config(20, 40, 0.75, 127));
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
}
