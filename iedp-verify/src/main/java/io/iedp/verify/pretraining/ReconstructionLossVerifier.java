package io.iedp.verify.pretraining;

import ai.djl.ndarray.NDArray;
import io.iedp.api.nn.WeightSource;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.Trace;
import io.iedp.backbone.VaeConfig;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.pretraining.objective.Autoencoder;
import io.iedp.pretraining.objective.ReconstructionLoss;
import io.iedp.pretraining.objective.ReconstructionLoss.Posterior;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Cases of diffusers' AutoencoderKL in training: latents, reconstruction, terms of the loss and their gradients. */
public final class ReconstructionLossVerifier implements Verifier {
    @Override
    public String kind() {
        return "vae-loss";
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return RecordedGradients.comparison(recorded, name);
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Path folder = recorded.siblings().get(0);
        VaeConfig config = VaeConfig.parse(DiffusersFolder.config(folder));
        ModelWeights weights = new ModelWeights(recorded.manager(), 0);
        Autoencoder model;
        try (WeightSource source = DiffusersFolder.vae(folder)) {
            model = Layers.load(source, weights, recorded.kernels(), layers -> new Autoencoder(layers, config));
        }
        return new Losses(recorded, model, RecordedSampler.meta(recorded).number("kl_weight", 1e-6))
                .compute(RecordedGradients.of(recorded, weights));
    }

    private record Pass(NDArray moments, Posterior posterior, NDArray latents, NDArray reconstruction) {}

    private record Losses(RecordedCase recorded, Autoencoder model, double weight) {
        Map<String, NDArray> compute(RecordedGradients gradients) {
            Map<String, NDArray> computed = new LinkedHashMap<>();
            try (Gradients.Recording off = Gradients.pause()) {
                Pass pass = pass();
                Posterior posterior = pass.posterior();
                computed.put("moments", pass.moments());
                computed.put("mean", posterior.mean());
                computed.put("logvar", posterior.logVariance());
                computed.put("latents", pass.latents());
                computed.put("reconstruction", pass.reconstruction());
                computed.put("kl", posterior.divergence().reshape(1));
                computed.put("kl_by_sample", bySample(posterior));
                computed.put("l1", absolute(pass).reshape(1));
                computed.put("mse", squared(pass).reshape(1));
                computed.put("l1_sum", sum(pass).reshape(1));
            }
            add("kl", pass -> pass.posterior().divergence(), gradients, computed);
            total("l1", this::absolute, gradients, computed);
            total("mse", this::squared, gradients, computed);
            total("sum", this::sum, gradients, computed);
            return computed;
        }

        private void total(
                String name, Function<Pass, NDArray> term, RecordedGradients gradients, Map<String, NDArray> computed) {
            NDArray total = add(
                    name,
                    pass -> term.apply(pass).add(pass.posterior().divergence().mul(weight)),
                    gradients,
                    computed);
            computed.put("total_" + name, total);
        }

        private NDArray add(
                String name, Function<Pass, NDArray> loss, RecordedGradients gradients, Map<String, NDArray> computed) {
            return gradients.add(name, () -> loss.apply(pass()), computed);
        }

        private Pass pass() {
            NDArray moments = model.encoder().moments(recorded.input("pixels"), Trace.none());
            Posterior posterior = Posterior.of(moments);
            NDArray latents = posterior.sample(recorded.input("noise"));
            return new Pass(moments, posterior, latents, model.decoder().decode(latents));
        }

        private NDArray bySample(Posterior posterior) {
            long batch = posterior.mean().getShape().get(0);
            float[] each = new float[Math.toIntExact(batch)];
            for (int i = 0; i < each.length; i++) {
                Posterior one = new Posterior(
                        posterior.mean().get(i).expandDims(0),
                        posterior.logVariance().get(i).expandDims(0));
                each[i] = one.divergence().getFloat();
            }
            return recorded.manager().create(each);
        }

        private NDArray absolute(Pass pass) {
            return ReconstructionLoss.absolute(pass.reconstruction(), recorded.input("pixels"));
        }

        private NDArray squared(Pass pass) {
            return ReconstructionLoss.squared(pass.reconstruction(), recorded.input("pixels"));
        }

        /** Over all of a picture, as in latent diffusion's own code. */
        private NDArray sum(Pass pass) {
            NDArray pixels = recorded.input("pixels");
            return absolute(pass).mul(pixels.size() / pixels.getShape().get(0));
        }
    }
}
