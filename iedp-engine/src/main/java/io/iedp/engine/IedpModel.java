package io.iedp.engine;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Inference;
import io.iedp.engine.model.WorkingSize;
import io.iedp.io.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained run, for Java programs: predictions for images of any size. Any thread may ask, and several models may be
 * open at once; each predicts as if it were alone. Closing it frees its memory, on the device too.
 *
 * <pre>{@code
 * try (IedpModel model = IedpModel.open(Path.of("runs/quickstart"))) {
 *     Prediction prediction = model.predict(ImageIO.read(file));
 *     ImageIO.write(prediction.overlay(), "png", new File("out.png"));
 * }
 * }</pre>
 *
 * <p>All models of a process compute on one long-lived thread: libtorch spreads each operation over the processors
 * itself, and keeps memory for every thread that ever called it.
 */
public final class IedpModel implements AutoCloseable {
    /** Images of one size that pass through the model at once. */
    private static final int BATCH = 8;

    private final Optional<Catalog> catalog;
    private final Assembly assembly;
    private final Inference inference;
    private boolean closed;

    /**
     * @param catalog of plugins that are loaded for this model alone
     */
    private IedpModel(Optional<Catalog> catalog, Assembly assembly, WorkingSize size) {
        this.catalog = catalog;
        this.assembly = assembly;
        this.inference = assembly.predictions().at(size);
    }

    /**
     * Opens the folder that a training left, with the weights that it ended with.
     *
     * @throws UserException if it is no run folder, or has no weights yet, or a file that it needs is missing or damaged
     */
    public static IedpModel open(Path run) {
        return ModelOptions.run(run).open();
    }

    /**
     * Opens the model of an experiment file with the weights of a checkpoint. What the model must know of its training
     * data is taken from the {@code data.json} of the run that the weights belong to, or else from the data itself.
     *
     * @param weights a file such as {@code best.safetensors}
     * @throws UserException if a file is missing or damaged, or the weights belong to another model
     */
    public static IedpModel open(Path experiment, Path weights) {
        return ModelOptions.experiment(experiment, weights).open();
    }

    static IedpModel of(ModelOptions options) {
        Catalog catalog = options.catalog();
        Optional<Catalog> own = Optional.of(catalog).filter(each -> options.ownsCatalog());
        try {
            return InferenceThread.call(() -> {
                Assembly assembly = Assembly.trained(options.spec(catalog), options.data(catalog), options.weights());
                assembly.requireNoOracle("The run can be measured (iedp eval), but not predict.");
                return new IedpModel(own, assembly, options.size());
            });
        } catch (RuntimeException e) {
            own.ifPresent(Catalog::close);
            throw e;
        }
    }

    /** The names of what is predicted, {@code main} first. */
    public List<String> tasks() {
        return assembly.tasks().heads().stream().map(Prediction::name).toList();
    }

    /** Predicts an image of any size. */
    public Prediction predict(BufferedImage image) {
        return predict(image, Map.of());
    }

    /**
     * Predicts an image of any size.
     *
     * @param texts what the guidance asks for of each image, by name, as in {@code caption}
     * @throws UserException if the guidance needs a text that is not there
     */
    public Prediction predict(BufferedImage image, Map<String, String> texts) {
        return predict(image, texts, () -> {});
    }

    /**
     * Predicts an image of any size, and tells how far it is.
     *
     * @param texts what the guidance asks for of each image, by name, as in {@code caption}
     * @param passed is called after each pass through the model, on another thread; {@link #cost} says how many there are
     * @throws UserException if the guidance needs a text that is not there
     */
    public Prediction predict(BufferedImage image, Map<String, String> texts, Runnable passed) {
        return predict(List.of(RgbImage.of(image)), texts, passed).get(0);
    }

    /**
     * What predicting an image of that size takes.
     *
     * @throws UserException if the task cannot predict an image of that size
     */
    public PredictionCost cost(int width, int height) {
        return inference.cost(width, height);
    }

    /**
     * Predicts the image in a file, upright as its EXIF orientation says.
     *
     * @throws UserException if the file is missing or damaged, or none of JPEG, PNG, WebP, TIFF, BMP and GIF
     */
    public Prediction predict(Path image) {
        return predict(List.of(ImageFiles.readRgb(image)), Map.of(), () -> {}).get(0);
    }

    /**
     * Predicts images of any sizes; those of one size that follow each other pass through the model together, up to 8 at
     * once, which may change the last digits of what each comes to.
     *
     * @return as many predictions, in the order of the images
     */
    public List<Prediction> predict(List<BufferedImage> images) {
        return predict(images.stream().map(RgbImage::of).toList(), Map.of(), () -> {});
    }

    private List<Prediction> predict(List<RgbImage> images, Map<String, String> texts, Runnable passed) {
        List<Prediction> predictions = new ArrayList<>();
        for (int from = 0; from < images.size(); ) {
            int to = from + 1;
            while (to < images.size() && to - from < BATCH && HostBatch.sameSize(images.get(from), images.get(to))) {
                to++;
            }
            List<RgbImage> batch = images.subList(from, to);
            List<Sample> samples = batch.stream()
                    .map(image -> new Sample("image", image, Map.of(), texts))
                    .toList();
            List<Map<String, Raster>> rasters = InferenceThread.call(() -> {
                if (closed) {
                    throw new IllegalStateException("The model is closed");
                }
                return inference.predict(samples, passed);
            });
            for (int i = 0; i < batch.size(); i++) {
                predictions.add(new Prediction(assembly.tasks(), batch.get(i), rasters.get(i)));
            }
            from = to;
        }
        return predictions;
    }

    /** Frees all memory; predictions that were made can still be used. A second call does nothing. */
    @Override
    public void close() {
        InferenceThread.call(() -> {
            if (!closed) {
                closed = true;
                assembly.close();
                catalog.ifPresent(Catalog::close);
            }
            return closed;
        });
    }
}
