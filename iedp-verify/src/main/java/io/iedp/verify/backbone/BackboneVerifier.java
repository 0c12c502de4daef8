package io.iedp.verify.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.api.backbone.Features;
import io.iedp.backbone.CompVisFile;
import io.iedp.backbone.PublishedWeights;
import io.iedp.backbone.StableDiffusion;
import io.iedp.backbone.Unet;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.backbone.VaeEncoder;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import io.iedp.verify.files.CheckpointFolder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Cases of VPD's UNetWrapper: features, finest first, with the attention maps of their resolution as further
 * channels. Which resolutions have maps follows from the size that VPD was set to; it shows in what is expected.
 */
public final class BackboneVerifier implements Verifier {
    private static final Pattern FEATURE = Pattern.compile("(.+)\\.out(\\d+)");
    private static final Pattern MAP = Pattern.compile("(.+)\\.attn(\\d+)");

    /** VPD names resolutions after the latents of a picture of 512 pixels. */
    private static final int NOMINAL_SIZE = 512;

    private static final Set<Part> BOTH_WAYS = Set.of(Part.DOWN, Part.UP);

    @Override
    public String kind() {
        return "backbone";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        CheckpointFolder folder = CheckpointFolder.of(recorded);
        UnetConfig unetConfig = UnetConfig.parse(folder.config("unet"));
        VaeConfig vaeConfig = VaeConfig.parse(folder.config("vae"));
        List<Integer> taps = unetConfig.standardTaps();
        VaeEncoder vae;
        Unet unet;
        try (PublishedWeights published =
                CompVisFile.open(folder.files().get(0), unetConfig.heads().get(0), unetConfig.groups())) {
            vae = RecordedUnet.load(recorded, published.vaeEncoder(), vaeConfig, VaeEncoder::new);
            unet = RecordedUnet.load(
                    recorded, published.unetFeatures(), unetConfig, (layers, config) -> new Unet(layers, config, taps));
        }
        Map<String, NDArray> computed = new LinkedHashMap<>();
        for (String setting : settings(recorded)) {
            Run run = new Run(
                    recorded,
                    setting,
                    parts(recorded, setting),
                    timestep -> new StableDiffusion(
                            vae, vaeConfig, unet, unetConfig, taps, timestep, vaeConfig.latentScale(), true));
            computed.putAll(run.compute());
        }
        return computed;
    }

    /** The names of VPD's settings in the case. */
    private static Set<String> settings(RecordedCase recorded) {
        Set<String> settings = new LinkedHashSet<>();
        for (String name : recorded.expected().keySet()) {
            for (Pattern pattern : List.of(FEATURE, MAP)) {
                Matcher matcher = pattern.matcher(name);
                if (matcher.matches()) {
                    settings.add(matcher.group(1));
                }
            }
        }
        return settings;
    }

    /** Whose maps a setting averages: {@code configs} of meta.json says {@code NAME: key=value, key=value; NAME: ...}. */
    private static Set<Part> parts(RecordedCase recorded, String setting) {
        if (!(recorded.meta().get("configs") instanceof String configs)) {
            throw new UserException(
                    "%s: configs must be a string".formatted(recorded.folder().resolve("meta.json")));
        }
        Matcher selector = Pattern.compile("(?:^|;)\\s*" + Pattern.quote(setting) + ":[^;]*\\battn_selector=([a-z_+]+)")
                .matcher(configs);
        if (!selector.find()) {
            return BOTH_WAYS;
        }
        Set<Part> parts = new LinkedHashSet<>();
        for (String each : selector.group(1).split("\\+")) {
            switch (each) {
                case "up_cross" -> parts.add(Part.UP);
                case "mid_cross" -> parts.add(Part.MID);
                case "down_cross" -> parts.add(Part.DOWN);
                default ->
                    throw new UserException("%s: attn_selector of '%s' has '%s'; only cross-attention is supported"
                            .formatted(recorded.folder().resolve("meta.json"), setting, each));
            }
        }
        return parts;
    }

    /** One of VPD's settings on the inputs. */
    private record Run(
            RecordedCase recorded, String setting, Set<Part> parts, DoubleFunction<StableDiffusion> backbone) {
        Map<String, NDArray> compute() {
            double[] timesteps = RecordedUnet.doubles(recorded.input("t"));
            if (Arrays.stream(timesteps).distinct().count() == 1) {
                return compute(timesteps[0], ":");
            }
            List<Map<String, NDArray>> samples = IntStream.range(0, timesteps.length)
                    .mapToObj(i -> compute(timesteps[i], "%s:%s".formatted(i, i + 1)))
                    .toList();
            Map<String, NDArray> joined = new LinkedHashMap<>();
            for (String name : samples.get(0).keySet()) {
                NDList rows = new NDList();
                samples.forEach(sample -> rows.add(sample.get(name)));
                joined.put(name, NDArrays.concat(rows));
            }
            return joined;
        }

        private Map<String, NDArray> compute(double timestep, String rows) {
            StableDiffusion model = backbone.apply(timestep);
            Set<Integer> strides = strides(model);
            Features features = model.features(
                    recorded.input("latents").get(rows),
                    recorded.input("context").get(rows),
                    new AttentionRequest(strides, parts, false));
            Map<String, NDArray> computed = new LinkedHashMap<>();
            for (int stride : strides) {
                computed.put("%s.attn%s".formatted(setting, NOMINAL_SIZE / stride), features.attention(stride));
            }
            for (int level = 0; level < features.levels().size(); level++) {
                int stride = model.levels().get(level).stride();
                NDArray feature = features.levels().get(level);
                computed.put(
                        "%s.out%s".formatted(setting, level),
                        strides.contains(stride) && hasMaps(level, feature)
                                ? feature.concat(features.attention(stride), 1)
                                : feature);
            }
            return computed;
        }

        /** The resolutions whose maps are expected, alone or with a feature. */
        private Set<Integer> strides(StableDiffusion model) {
            Set<Integer> strides = new LinkedHashSet<>();
            for (int level = 0; level < model.levels().size(); level++) {
                int stride = model.levels().get(level).stride();
                NDArray feature = recorded.expected().get("%s.out%s".formatted(setting, level));
                boolean joined = feature != null
                        && feature.getShape().get(1)
                                != model.levels().get(level).channels();
                if (joined || recorded.expected().containsKey("%s.attn%s".formatted(setting, NOMINAL_SIZE / stride))) {
                    strides.add(stride);
                }
            }
            return strides;
        }

        private boolean hasMaps(int level, NDArray feature) {
            NDArray expected = recorded.expected().get("%s.out%s".formatted(setting, level));
            return expected == null
                    || expected.getShape().get(1) != feature.getShape().get(1);
        }
    }
}
