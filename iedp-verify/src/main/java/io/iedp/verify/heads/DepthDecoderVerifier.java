package io.iedp.verify.heads;

import ai.djl.ndarray.NDArray;
import io.iedp.heads.DepthUpsampling;
import io.iedp.nn.ConfigFile;
import io.iedp.tasks.DepthActivation;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Cases of VPD's Decoder and the layers that read depth off it. */
public final class DepthDecoderVerifier implements Verifier {
    @Override
    public String kind() {
        return "depth-decoder";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        DepthUpsampling upsampling;
        double maxDepth;
        try (RecordedWeights weights = RecordedWeights.open(recorded)) {
            ConfigFile config = weights.config();
            maxDepth = config.number("max_depth", 10);
            List<DepthUpsampling.Stage> stages = stages(config);
            upsampling = weights.load(
                            List.of(""),
                            "",
                            layers -> new DepthUpsampling(
                                    layers,
                                    weights.file().size("decoder.deconv_layers.0.weight", 0),
                                    stages,
                                    weights.file().size("decoder.conv_layers.0.weight", 0),
                                    weights.file().size("last_layer_depth.2.weight", 0)))
                    .head();
        }
        NDArray features = upsampling.features(recorded.input("feat"), false);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put("decoder_out", features);
        for (long i = 0; i < features.getShape().get(0); i++) {
            computed.put("decoder_out_b" + i, features.get("%s:%s".formatted(i, i + 1)));
        }
        computed.put("pred_d", DepthActivation.SIGMOID.depth(upsampling.depth(features), maxDepth));
        return computed;
    }

    private static List<DepthUpsampling.Stage> stages(ConfigFile config) {
        List<Integer> filters = config.integers("num_filters");
        List<Integer> kernels = config.integers("deconv_kernels");
        config.expect("num_deconv", filters.size());
        config.expect("deconv_kernels", 2, 3, 4);
        if (filters.isEmpty() || filters.size() != kernels.size()) {
            throw config.wrong("num_filters and deconv_kernels must have one value a transposed convolution");
        }
        return IntStream.range(0, filters.size())
                .mapToObj(i -> new DepthUpsampling.Stage(filters.get(i), kernels.get(i)))
                .toList();
    }
}
