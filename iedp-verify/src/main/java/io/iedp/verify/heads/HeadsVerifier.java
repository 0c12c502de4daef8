package io.iedp.verify.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.api.loss.PixelLabels;
import io.iedp.heads.AttentionConfig;
import io.iedp.heads.SemanticFpn;
import io.iedp.heads.SemanticFpnConfig;
import io.iedp.heads.UperNet;
import io.iedp.heads.UperNetConfig;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Parameter;
import io.iedp.tasks.loss.CrossEntropy;
import io.iedp.tasks.loss.CrossEntropy.Averaging;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import io.iedp.verify.tasks.PixelAccuracy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cases of mmsegmentation's FPN neck, FPNHead and UPerHead: logits, losses and accuracy, then the same with the
 * statistics of the batch and without dropout, and the running statistics after that.
 */
public final class HeadsVerifier implements Verifier {
    private static final String NECK = "neck.";
    private static final String FPN = "fpn_head.";
    private static final String UPER = "uper_head.";

    @Override
    public String kind() {
        return "heads";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        try (RecordedWeights weights = RecordedWeights.open(recorded)) {
            ConfigFile config = weights.config();
            config.expect("align_corners", false);
            List<FeatureLevel> levels = levels(config);
            int outputs = config.integer("num_classes");
            Features features = new Features(IntStream.range(0, levels.size())
                    .mapToObj(i -> recorded.input("feat" + i))
                    .toList());
            if (weights.has(FPN)) {
                SemanticFpnConfig own = new SemanticFpnConfig(width(weights, FPN), 0, AttentionConfig.NONE);
                RecordedWeights.Loaded<SemanticFpn> fpn = weights.load(
                        List.of(NECK, FPN), FPN, layers -> new SemanticFpn(layers, own, levels, 0, outputs));
                List<NDArray> neck = fpn.head().neck(features);
                IntStream.range(0, neck.size()).forEach(i -> computed.put(NECK + i, neck.get(i)));
                computed.putAll(new Run(recorded, features, FPN).compute(fpn));
            }
            if (weights.has(UPER)) {
                UperNetConfig own = new UperNetConfig(
                        width(weights, UPER),
                        config.integers("pool_scales"),
                        0,
                        AttentionConfig.NONE,
                        UperNetConfig.Auxiliary.NONE);
                computed.putAll(new Run(recorded, features, UPER)
                        .compute(weights.load(
                                List.of(UPER), UPER, layers -> new UperNet(layers, own, levels, 0, outputs))));
            }
        }
        return computed;
    }

    private static List<FeatureLevel> levels(ConfigFile config) {
        List<Integer> channels = config.integers("in_channels");
        List<Integer> strides = config.integers("feature_strides");
        if (channels.isEmpty() || channels.size() != strides.size()) {
            throw config.wrong("in_channels and feature_strides must have as many values as there are features");
        }
        return IntStream.range(0, channels.size())
                .mapToObj(i -> new FeatureLevel(channels.get(i), strides.get(i)))
                .toList();
    }

    private static int width(RecordedWeights weights, String head) {
        return weights.file().size(head + "conv_seg.weight", 1);
    }

    /** One head on the inputs. */
    private record Run(RecordedCase recorded, Features features, String prefix) {
        Map<String, NDArray> compute(RecordedWeights.Loaded<? extends Head> loaded) {
            Map<String, NDArray> computed = new LinkedHashMap<>();
            judge(loaded.head().forward(features, false), prefix, computed);
            judge(loaded.head().forward(features, true), prefix + "train_", computed);
            for (Parameter parameter : loaded.weights().parameters()) {
                if (parameter.role() == Parameter.Role.BUFFER) {
                    computed.put(prefix + "after_train." + parameter.name(), parameter.array());
                }
            }
            return computed;
        }

        private void judge(NDArray logits, String name, Map<String, NDArray> computed) {
            NDArray labels =
                    recorded.input("label").toType(DataType.FLOAT32, true).squeeze(1);
            Shape size = labels.getShape();
            NDArray large = recorded.kernels()
                    .resizeBilinear(logits, Math.toIntExact(size.get(1)), Math.toIntExact(size.get(2)));
            computed.put(name + "logits", logits);
            computed.put(name + "loss_ce_avg_non_ignore", loss(Averaging.VALID, large, labels));
            computed.put(name + "loss_ce", loss(Averaging.ALL, large, labels));
            computed.put(name + "acc_seg", PixelAccuracy.percent(large, labels));
        }

        private NDArray loss(Averaging averaging, NDArray logits, NDArray labels) {
            return new CrossEntropy(recorded.kernels(), List.of(), averaging).of(logits, new PixelLabels(labels));
        }
    }
}
