package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.nn.Layers;
import java.util.ArrayList;
import java.util.List;

/**
 * Semantic FPN (Kirillov et al., Panoptic Feature Pyramid Networks, 2019, section 3): a feature pyramid,
 * then for each level as many convolutions as it takes doublings to reach the finest, summed there.
 * Parameter names are those of mmsegmentation's FPN ({@code neck.}) and FPNHead.
 */
public final class SemanticFpn implements Head {
    private final Layers layers;
    private final AttentionMaps maps;
    private final FeaturePyramid neck;
    private final List<Scale> scales = new ArrayList<>();
    private final Classifier classifier;

    /** The way of one level to the finest. */
    private record Scale(List<ConvNormRelu> convolutions, int doublings) {}

    /**
     * @param levels of the backbone, finest first
     * @param tokens of the guidance, each of which has an attention map; 0 if the head takes none
     * @param outputs channels of the prediction
     */
    public SemanticFpn(
            Layers layers, SemanticFpnConfig configuration, List<FeatureLevel> levels, int tokens, int outputs) {
        this.layers = layers;
        maps = new AttentionMaps(configuration.attention(), levels, tokens);
        int channels = configuration.channels();
        neck = new FeaturePyramid(layers.at("neck"), maps.levels(), channels);
        for (int i = 0; i < levels.size(); i++) {
            int doublings = Grids.doublings(SemanticFpnFactory.TYPE, levels, 0, i);
            List<ConvNormRelu> convolutions = new ArrayList<>();
            for (int j = 0; j < Math.max(1, doublings); j++) {
                // Every other place in the original's list is an upsampling, which has no parameters.
                Layers own = layers.at("scale_heads.%s.%s".formatted(i, 2 * j));
                convolutions.add(ConvNormRelu.of(own, channels, channels, 3));
            }
            scales.add(new Scale(convolutions, doublings));
        }
        classifier = Classifier.of(layers, channels, outputs, configuration.dropout());
    }

    @Override
    public AttentionRequest attention() {
        return maps.request();
    }

    /** Returns logits at the size of the finest level. */
    @Override
    public NDArray forward(Features features, boolean training) {
        List<NDArray> pyramid = neck(features);
        NDArray sum = null;
        for (int i = 0; i < pyramid.size(); i++) {
            NDArray level = pyramid.get(i);
            for (ConvNormRelu convolution : scales.get(i).convolutions()) {
                level = convolution.apply(level, training);
                if (scales.get(i).doublings() > 0) {
                    level = layers.kernels().resizeBilinear(level, 2 * Grids.height(level), 2 * Grids.width(level));
                }
            }
            sum = sum == null ? level : sum.add(Grids.resize(layers.kernels(), level, sum));
        }
        return classifier.apply(sum, training);
    }

    /** The levels after the neck. */
    public List<NDArray> neck(Features features) {
        return neck.forward(maps.join(features));
    }
}
