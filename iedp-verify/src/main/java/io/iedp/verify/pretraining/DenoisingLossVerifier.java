package io.iedp.verify.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonObject;
import io.iedp.api.nn.WeightSource;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.UnetConfig;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;
import io.iedp.optim.AdamW;
import io.iedp.optim.AdamWConfig;
import io.iedp.pretraining.NoisePredictor;
import io.iedp.pretraining.NoiseSchedule;
import io.iedp.pretraining.Prediction;
import io.iedp.pretraining.objective.DenoisingLoss;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cases of diffusers' training of a UNet: noisy latents, loss and gradients, and a few steps of AdamW. */
public final class DenoisingLossVerifier implements Verifier {
    @Override
    public String kind() {
        return "denoising-loss";
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return RecordedGradients.comparison(recorded, name);
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            Run.of(recorded, variant).addLoss(computed);
        }
        // Those of which the case has steps: without clipping, and with it.
        Run.of(recorded, Variant.EPS).addSteps(false, computed);
        Run.of(recorded, Variant.V_SNR).addSteps(true, computed);
        return computed;
    }

    private enum Variant {
        EPS(Prediction.EPSILON, false),
        EPS_SNR(Prediction.EPSILON, true),
        V(Prediction.V_PREDICTION, false),
        V_SNR(Prediction.V_PREDICTION, true);

        private final Prediction prediction;
        private final boolean weighted;

        Variant(Prediction prediction, boolean weighted) {
            this.prediction = prediction;
            this.weighted = weighted;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One variant, on a model with the recorded weights. */
    private record Run(RecordedCase recorded, Variant variant, NoisePredictor model, RecordedGradients gradients) {
        static Run of(RecordedCase recorded, Variant variant) {
            Path folder = recorded.siblings().get(0);
            ModelWeights weights = new ModelWeights(recorded.manager(), 0);
            UnetConfig config = UnetConfig.parse(DiffusersFolder.config(folder));
            try (WeightSource source = DiffusersFolder.unet(folder)) {
                NoisePredictor model = NoisePredictor.load(source, config, weights, recorded.kernels());
                return new Run(recorded, variant, model, RecordedGradients.of(recorded, weights));
            }
        }

        private ConfigFile meta() {
            return RecordedSampler.meta(recorded);
        }

        private ConfigFile hyper() {
            return meta().section("hyper");
        }

        private DenoisingLoss loss() {
            JsonObject schedule = meta().section("base_config").json().deepCopy();
            schedule.addProperty("prediction_type", variant.prediction.published());
            return new DenoisingLoss(
                    NoiseSchedule.parse(new ConfigFile(schedule, meta().description())),
                    variant.weighted ? hyper().number("snr_gamma", 5) : 0);
        }

        private int[] timesteps() {
            return Arrays.stream(recorded.input("timesteps").toLongArray())
                    .mapToInt(Math::toIntExact)
                    .toArray();
        }

        private NDArray predict() {
            return model.predict(
                    loss().schedule().addNoise(recorded.input("latents"), recorded.input("noise"), timesteps()),
                    recorded.input("timesteps").toType(DataType.FLOAT64, true).toDoubleArray(),
                    recorded.input("context"));
        }

        private NDArray target() {
            return loss().target(recorded.input("latents"), recorded.input("noise"), timesteps());
        }

        private NDArray value() {
            return loss().of(predict(), target(), timesteps());
        }

        void addLoss(Map<String, NDArray> computed) {
            try (Gradients.Recording off = Gradients.pause()) {
                NDArray prediction = predict();
                computed.put("prediction", prediction);
                computed.put(
                        "noisy_latents",
                        loss().schedule().addNoise(recorded.input("latents"), recorded.input("noise"), timesteps()));
                computed.put("loss_by_sample." + variant.label(), DenoisingLoss.bySample(prediction, target()));
                if (variant.weighted) {
                    computed.put("weights." + variant.label(), loss().weights(target(), timesteps()));
                }
                if (variant == Variant.V) {
                    computed.put("velocity", target());
                }
            }
            NDArray value = gradients.add(variant.label(), () -> value(), computed);
            computed.put("loss." + variant.label(), value);
        }

        /** All parameters decay, as in the original. */
        void addSteps(boolean clipped, Map<String, NDArray> computed) {
            Map<String, NDArray> before = copies();
            double clip = clipped ? hyper().number("clip", 1) : 0;
            NDList losses = new NDList();
            float[] norms = new float[hyper().integer("steps")];
            AdamWConfig adamW = new AdamWConfig(List.of(0.9, 0.999), hyper().number("eps", 1e-8));
            GroupedOptimizer.Group all = new GroupedOptimizer.Group(
                    List.copyOf(gradients.parameters().values()), 1, hyper().number("weight_decay", 0.01));
            try (TorchKernels kernels = TorchKernels.load();
                    GroupedOptimizer optimizer = new GroupedOptimizer(
                            kernels, recorded.manager(), new AdamW(adamW, kernels), List.of(all))) {
                for (int step = 0; step < norms.length; step++) {
                    losses.add(RecordedGradients.backward(() -> value()));
                    norms[step] = (float) optimizer.step(hyper().number("lr", 1e-3), clip);
                }
            }
            try (Gradients.Recording off = Gradients.pause()) {
                losses.add(value().reshape(1));
                Map<String, NDArray> after = copies();
                after.forEach((name, array) -> {
                    computed.put("after3.%s.%s".formatted(variant.label(), name), array);
                    computed.put("delta3.%s.%s".formatted(variant.label(), name), array.sub(before.get(name)));
                });
                computed.put("losses." + variant.label(), NDArrays.concat(losses));
                if (clipped) {
                    computed.put(
                            "grad_norm_before_clip." + variant.label(),
                            recorded.manager().create(norms));
                }
            }
        }

        private Map<String, NDArray> copies() {
            Map<String, NDArray> copies = new LinkedHashMap<>();
            gradients.parameters().forEach((name, array) -> copies.put(name, array.duplicate()));
            return copies;
        }
    }
}
