package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.nn.Weights;
import io.iedp.api.objective.ObjectiveMetrics;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import io.iedp.backbone.VaeConfig;
import io.iedp.nn.Gradients;
import io.iedp.nn.Scopes;
import io.iedp.pretraining.Pictures;
import io.iedp.pretraining.objective.ReconstructionLoss.Posterior;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Learns latents that pictures can be made of again (Rombach et al., 2022, section 3.1). */
final class Autoencoding implements TrainingObjective {
    /** The share of a batch in the running statistics of the latents. */
    private static final double MOMENTUM = 0.01;

    private static final String PSNR = "psnr";

    private final AutoencodingConfig settings;
    private final VaeConfig config;
    private final Autoencoder model;
    private final NamedArrays parameters;
    private final NDManager manager;

    /** Mean and mean square of the latents, and the share of them that is known. */
    private final NDArray statistics;

    /**
     * @param parameters of the model
     */
    Autoencoding(
            AutoencodingConfig settings, VaeConfig config, Autoencoder model, NamedArrays parameters, Weights weights) {
        this.settings = settings;
        this.config = config;
        this.model = model;
        this.parameters = parameters;
        this.manager = weights.manager();
        this.statistics = weights.buffer("latent_statistics", new Shape(3), Initializer.ZEROS);
    }

    @Override
    public Map<String, NDArray> losses(Batch batch, NDList encoded) {
        NDArray pixels = scaled(batch);
        Posterior posterior = model.posterior(pixels);
        NDArray latents = posterior.sample(manager.randomNormal(posterior.mean().getShape()));
        observe(latents);
        NDArray reconstruction = model.decode(latents);
        Map<String, NDArray> losses = new LinkedHashMap<>();
        losses.put(
                "absolute", ReconstructionLoss.absolute(reconstruction, pixels).mul((float) settings.absolute()));
        losses.put("squared", ReconstructionLoss.squared(reconstruction, pixels).mul((float) settings.squared()));
        losses.put(
                "gradient", ReconstructionLoss.gradient(reconstruction, pixels).mul((float) settings.gradient()));
        losses.put("divergence", posterior.divergence().mul((float) settings.divergence()));
        return losses;
    }

    private static NDArray scaled(Batch batch) {
        return batch.pixels().mul(2).sub(1);
    }

    private void observe(NDArray latents) {
        try (Gradients.Recording off = Gradients.pause()) {
            NDArray now = Scopes.keep(() -> {
                NDArray mean = latents.mean();
                NDArray square = latents.square().mean();
                return new NDList(mean, square, mean.onesLike())
                        .stream()
                                .map(each -> each.reshape(1))
                                .reduce((left, right) -> left.concat(right))
                                .orElseThrow();
            });
            statistics.muli(1 - MOMENTUM).addi(now.mul(MOMENTUM));
        }
    }

    /** One over the standard deviation of the latents in training. */
    private double latentScale() {
        float[] known = statistics.toFloatArray();
        if (known[2] == 0) {
            return config.latentScale();
        }
        double mean = known[0] / known[2];
        double variance = known[1] / known[2] - mean * mean;
        return variance > 0 ? 1 / Math.sqrt(variance) : config.latentScale();
    }

    @Override
    public ObjectiveMetrics metrics() {
        Means means = new Means();
        return new ObjectiveMetrics() {
            @Override
            public void update(Batch batch, NDList encoded) {
                NDArray pixels = scaled(batch);
                Posterior posterior = model.posterior(pixels);
                NDArray reconstruction = model.decode(posterior.mean()).clip(-1, 1);
                int size = batch.size();
                float[] squares = reconstruction
                        .sub(pixels)
                        .div(2)
                        .square()
                        .reshape(size, -1)
                        .mean(new int[] {1})
                        .toFloatArray();
                double psnr = 0;
                for (float square : squares) {
                    psnr -= 10 * Math.log10(Math.max(square, 1e-12));
                }
                Map<String, Double> sums = new LinkedHashMap<>();
                sums.put(PSNR, psnr);
                sums.put(
                        "absolute difference",
                        size
                                * (double) ReconstructionLoss.absolute(reconstruction, pixels)
                                        .div(2)
                                        .getFloat());
                sums.put("divergence", size * (double) posterior.divergence().getFloat());
                means.add(sums, size);
            }

            @Override
            public MetricReport report() {
                Map<String, Double> values = means.values();
                values.put("latent scale", latentScale());
                return new MetricReport(values, List.of());
            }
        };
    }

    @Override
    public Goal goal() {
        return new Goal(PSNR, true);
    }

    @Override
    public List<RgbImage> pictures(Batch batch, NDList encoded) {
        return Pictures.of(
                model.decode(model.mode(scaled(batch))).div(2).add(0.5).clip(0, 1));
    }

    @Override
    public PublishedFiles published() {
        return new Published()
                .diffusers("vae", config.withLatentScale(latentScale()).json(), parameters.arrays())
                .files();
    }
}
