package io.iedp.datasets;

import io.iedp.api.IedpPlugin;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Transform;
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
import io.iedp.datasets.rooms.Rooms;
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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Brings the data sets and transforms of this module. */
public final class DatasetsPlugin implements IedpPlugin {
    @Override
    public List<DatasetFactory<?>> datasets() {
        return List.of(
                new Data<>(
                        "rooms",
                        RoomsConfig.class,
                        "Rendered rooms with exact labels and depth.",
                        Rooms::new,
                        config -> Optional.empty()),
                new Data<>(
                        "folder",
                        Folder.Config.class,
                        "Pictures with label or depth maps beside them, in the layout of ADE20K or one like it.",
                        (config, context) -> Folder.open(config),
                        Folder::info),
                source("csv", CsvTable.Config.class, "Samples in a table: pictures, maps and texts.", CsvTable::open),
                source("webdataset", Shards.Config.class, "Samples in tar archives (WebDataset).", Shards::open),
                published(
                        "ade20k",
                        Ade20k.Config.class,
                        "ADE20K, scene parsing: 150 classes.",
                        Ade20k::open,
                        Ade20k::info),
                published(
                        "cityscapes",
                        Cityscapes.Config.class,
                        "Cityscapes: streets, 19 classes.",
                        Cityscapes::open,
                        Cityscapes::info),
                published(
                        "coco-stuff",
                        CocoStuff.Config.class,
                        "COCO-Stuff: things and stuff, 171 classes.",
                        CocoStuff::open,
                        CocoStuff::info),
                published(
                        "pascal-voc",
                        PascalVoc.Config.class,
                        "PASCAL VOC 2012: 20 classes and the background.",
                        PascalVoc::open,
                        PascalVoc::info),
                published(
                        "pascal-context",
                        PascalContext.Config.class,
                        "PASCAL Context: 59 classes, with the background 60.",
                        PascalContext::open,
                        PascalContext::info),
                published(
                        "nyu-depth",
                        NyuDepth.Config.class,
                        "NYU Depth v2: rooms with depth and scene.",
                        NyuDepth::open,
                        NyuDepth::info),
                published(
                        "kitti-depth",
                        KittiDepth.Config.class,
                        "KITTI: streets with depth.",
                        KittiDepth::open,
                        KittiDepth::info),
                source(
                        "refcoco",
                        RefCoco.Config.class,
                        "RefCOCO, RefCOCO+ and RefCOCOg: expressions and what they refer to.",
                        RefCoco::open),
                new Data<>(
                        "joined",
                        Joined.Config.class,
                        "Several data sets with the same classes as one, some of them several times.",
                        Joined::open,
                        config -> Optional.empty()));
    }

    private static <C extends Record> DatasetFactory<C> source(
            String type, Class<C> configuration, String description, Function<C, Dataset> open) {
        return new Data<>(
                type, configuration, description, (config, context) -> open.apply(config), config -> Optional.empty());
    }

    private static <C extends Record> DatasetFactory<C> published(
            String type,
            Class<C> configuration,
            String description,
            Function<C, Dataset> open,
            Function<C, DatasetInfo> info) {
        return new Data<>(
                type,
                configuration,
                description,
                (config, context) -> open.apply(config),
                config -> Optional.of(info.apply(config)));
    }

    @Override
    public List<TransformFactory<?>> transforms() {
        return List.of(
                new Change<>(
                        "resize", Resize.Config.class, "Brings every sample to one size, or into it.", Resize::new),
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
                new Change<>("pad", Pad.Config.class, "Fills a sample up with nothing to a least size.", Pad::new),
                new Change<>("random-flip", RandomFlip.Config.class, "Mirrors left and right.", RandomFlip::new),
                new Change<>(
                        "random-rotation",
                        RandomRotation.Config.class,
                        "Turns a sample about its centre, as mmsegmentation does.",
                        RandomRotation::new),
                new Change<>(
                        "cut-out",
                        CutOut.Config.class,
                        "Covers rectangles of the picture, as mmsegmentation does.",
                        CutOut::new),
                new Change<>(
                        "color-jitter",
                        ColorJitter.Config.class,
                        "Changes brightness, contrast, saturation and hue.",
                        ColorJitter::new),
                new Change<>(
                        "photometric-distortion",
                        PhotometricDistortion.Config.class,
                        "Changes brightness, contrast, saturation and hue exactly as mmsegmentation does.",
                        PhotometricDistortion::new),
                new Change<>(
                        "brightness-contrast",
                        BrightnessContrast.Config.class,
                        "Changes brightness and contrast as albumentations does.",
                        BrightnessContrast::new),
                new Change<>("gamma", Gamma.Config.class, "Changes the gamma as albumentations does.", Gamma::new),
                new Change<>(
                        "hue-saturation",
                        HueSaturation.Config.class,
                        "Shifts hue, saturation and value as albumentations does.",
                        HueSaturation::new),
                new Change<>(
                        "cut-depth",
                        CutDepth.Config.class,
                        "Replaces a vertical strip of the picture by its depth.",
                        CutDepth::new));
    }

    private record Data<C extends Record>(
            String type,
            Class<C> configuration,
            String description,
            BiFunction<C, DatasetContext, Dataset> maker,
            Function<C, Optional<DatasetInfo>> known)
            implements DatasetFactory<C> {
        @Override
        public Dataset create(C config, DatasetContext context) {
            return maker.apply(config, context);
        }

        @Override
        public Optional<DatasetInfo> info(C config) {
            return known.apply(config);
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
