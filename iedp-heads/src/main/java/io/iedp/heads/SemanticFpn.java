package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.UserException;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Head;
import io.iedp.nn.Conv2d;
import io.iedp.nn.Layers;
import java.util.ArrayList;
import java.util.List;

/**
 * Semantic FPN (Kirillov et al., Panoptic Feature Pyramid Networks, 2019, section 3): a feature pyramid,
 * then for each level as many convolutions as it takes doublings to reach the finest, summed there.
 * Parameter names are those of mmsegmentation's FPN ({@code neck.}) and FPNHead.
 */
final class SemanticFpn implements Head {
    private final Layers layers;
    private final SemanticFpnConfig configuration;
    private final List<FeatureLevel> levels;
    private final FeaturePyramid neck;
    private final List<List<ConvNormRelu>> scales = new ArrayList<>();
    private final Conv2d classifier;

    SemanticFpn(Layers layers, SemanticFpnConfig configuration, List<FeatureLevel> levels, int outputs) {
        this.layers = layers;
        this.configuration = configuration;
        this.levels = List.copyOf(levels);
        int channels = configuration.channels();
        neck = new FeaturePyramid(layers.at("neck"), this.levels, channels);
        for (int i = 0; i < levels.size(); i++) {
            List<ConvNormRelu> scale = new ArrayList<>();
            for (int j = 0; j < Math.max(1, doublings(i)); j++) {
                // Every other place in the original's list is an upsampling, which has no parameters.
                scale.add(ConvNormRelu.of(layers.at("scale_heads.%d.%d".formatted(i, 2 * j)), channels, channels));
            }
            scales.add(scale);
        }
        classifier = layers.conv2d("conv_seg", channels, outputs, 1, 1, 0, new NormalInitializer(0.01f), true);
    }

    private int doublings(int level) {
        int ratio = levels.get(level).stride() / levels.get(0).stride();
        if (Integer.bitCount(ratio) != 1
                || ratio * levels.get(0).stride() != levels.get(level).stride()) {
            throw new UserException(("The head semantic-fpn needs features whose strides double, but the backbone's "
                            + "strides are %s.")
                    .formatted(levels.stream().map(FeatureLevel::stride).toList()));
        }
        return Integer.numberOfTrailingZeros(ratio);
    }

    /** Returns logits at the size of the finest level. */
    @Override
    public NDArray forward(Features features, boolean training) {
        List<NDArray> pyramid = neck.forward(features.levels());
        NDArray sum = null;
        for (int i = 0; i < pyramid.size(); i++) {
            NDArray level = pyramid.get(i);
            for (ConvNormRelu convolution : scales.get(i)) {
                level = convolution.apply(level, training);
                if (doublings(i) > 0) {
                    level = doubled(level);
                }
            }
            sum = sum == null ? level : sum.add(level);
        }
        if (training && configuration.dropout() > 0) {
            sum = layers.kernels().dropoutChannels(sum, configuration.dropout());
        }
        return classifier.apply(sum);
    }

    private NDArray doubled(NDArray x) {
        Shape size = x.getShape();
        return layers.kernels().resizeBilinear(x, Math.toIntExact(2 * size.get(2)), Math.toIntExact(2 * size.get(3)));
    }
}
