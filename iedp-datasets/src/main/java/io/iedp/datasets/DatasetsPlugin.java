package io.iedp.datasets;

import io.iedp.api.IedpPlugin;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.Transform;
import io.iedp.api.data.TransformFactory;
import io.iedp.datasets.folder.FolderConfig;
import io.iedp.datasets.folder.FolderDataset;
import io.iedp.datasets.rooms.Rooms;
import io.iedp.datasets.rooms.RoomsConfig;
import io.iedp.datasets.transform.ColorJitter;
import io.iedp.datasets.transform.RandomCrop;
import io.iedp.datasets.transform.RandomFlip;
import io.iedp.datasets.transform.RandomScale;
import io.iedp.datasets.transform.Resize;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Brings the data sets and transforms of this module. */
public final class DatasetsPlugin implements IedpPlugin {
    @Override
    public List<DatasetFactory<?>> datasets() {
        return List.of(
                new Data<>("rooms", RoomsConfig.class, "Rendered rooms with exact labels and depth.", Rooms::new),
                new Data<>(
                        "folder",
                        FolderConfig.class,
                        "Pictures with label or depth maps beside them, in the layout of ADE20K or one like it.",
                        (config, context) -> FolderDataset.open(config)));
    }

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(
                new Change<>("resize", Resize.Config.class, "Brings every sample to one size.", Resize::new),
                new Change<>(
                        "random-scale",
                        RandomScale.Config.class,
                        "Makes a sample larger or smaller.",
                        RandomScale::new),
                new Change<>(
                        "random-crop",
                        RandomCrop.Config.class,
                        "Cuts out a window, filled up with nothing where the sample is smaller.",
                        RandomCrop::new),
                new Change<>("random-flip", RandomFlip.Config.class, "Mirrors left and right.", RandomFlip::new),
                new Change<>(
                        "color-jitter",
                        ColorJitter.Config.class,
                        "Changes brightness, contrast, saturation and hue.",
                        ColorJitter::new));
    }

    private record Data<C extends Record>(
            String type, Class<C> configuration, String description, BiFunction<C, DatasetContext, Dataset> maker)
            implements DatasetFactory<C> {
        @Override
        public Dataset create(C config, DatasetContext context) {
            return maker.apply(config, context);
        }
    }

    private record Change<C extends Record>(
            String type, Class<C> configuration, String description, Function<C, Transform> maker)
            implements TransformFactory<C> {
        @Override
        public Transform create(C config, DatasetContext context) {
            return maker.apply(config);
        }
    }
}
