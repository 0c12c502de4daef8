package io.iedp.verify.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.StoredSource;
import io.iedp.pretraining.ClassifierFreeGuidance;
import io.iedp.pretraining.Denoising;
import io.iedp.pretraining.LatentDecoder;
import io.iedp.pretraining.NoisePredictor;
import io.iedp.pretraining.Sampler;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases of diffusers' StableDiffusionPipeline: latents after each step from first latents and encoded texts, and pictures. */
public final class PipelineVerifier implements Verifier {
    @Override
    public String kind() {
        return "pipeline";
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return RecordedSampler.comparison(recorded, name);
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Models models = new Models(recorded, new HashMap<>(), new HashMap<>());
        Map<String, NDArray> computed = new LinkedHashMap<>();
        RecordedSampler.all(recorded, "loops").forEach((name, loop) -> add(name, loop, models, computed));
        return computed;
    }

    private static void add(String name, RecordedSampler loop, Models models, Map<String, NDArray> computed) {
        RecordedCase recorded = models.recorded();
        NDManager manager = recorded.manager();
        ConfigFile settings = loop.settings();
        NDArray first = recorded.input(settings.string("latents"));
        double[] noise = first.toType(DataType.FLOAT64, true).toDoubleArray();
        ClassifierFreeGuidance guidance = new ClassifierFreeGuidance(
                settings.number("guidance_scale", 1), settings.number("guidance_rescale", 0));
        Denoising denoising = new Denoising(models.unet(settings.string("unet")), guidance, first.getShape(), manager);
        Sampler sampler = loop.start();
        List<double[]> steps = new ArrayList<>();
        double[] last = denoising.run(
                sampler,
                () -> noise,
                recorded.input(settings.string("context")),
                recorded.input(settings.string("context_empty")),
                steps::add);
        computed.put("timesteps." + name, manager.create(sampler.timesteps()));
        computed.put(
                "latents." + name,
                manager.create(
                        steps.stream().flatMapToDouble(Arrays::stream).toArray(),
                        new Shape(steps.size()).addAll(first.getShape())));
        NDArray latents = manager.create(last, first.getShape()).toType(DataType.FLOAT32, false);
        LatentDecoder decoder = models.decoder(settings.string("vae"));
        computed.put("decoded." + name, decoder.decode(latents));
        computed.put("image." + name, decoder.picture(latents));
    }

    /** The models of the case, each loaded once. */
    private record Models(
            RecordedCase recorded, Map<String, NoisePredictor> unets, Map<String, LatentDecoder> decoders) {
        NoisePredictor unet(String name) {
            return unets.computeIfAbsent(name, each -> {
                Path folder = recorded.folder().resolve(each);
                try (WeightSource source = DiffusersFolder.unet(folder)) {
                    UnetConfig config = UnetConfig.parse(DiffusersFolder.config(folder));
                    return NoisePredictor.load(source, config, weights(), recorded.kernels());
                }
            });
        }

        LatentDecoder decoder(String name) {
            return decoders.computeIfAbsent(name, each -> {
                Path folder = recorded.folder().resolve(each);
                try (StoredSource source = DiffusersFolder.vae(folder)) {
                    VaeConfig config = VaeConfig.parse(DiffusersFolder.config(folder));
                    return LatentDecoder.load(source, config, weights(), recorded.kernels());
                }
            });
        }

        private Weights weights() {
            return new ModelWeights(recorded.manager(), 0).frozen();
        }
    }
}
