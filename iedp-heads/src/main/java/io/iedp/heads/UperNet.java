package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.head.Auxiliary;
import io.iedp.api.head.Head;
import io.iedp.nn.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * UPerNet (Xiao et al., Unified Perceptual Parsing for Scene Understanding, 2018, section 3): the coarsest level with
 * its means over grids of parts, a feature pyramid from there, all levels joined at the finest. Parameter names are
 * those of mmsegmentation's UPerHead and, under {@code auxiliary_head.}, FCNHead.
 */
public final class UperNet implements Head {
    private final Layers layers;
    private final AttentionMaps maps;
    private final PyramidPooling pooling;
    private final List<ConvNormRelu> lateral = new ArrayList<>();
    private final List<ConvNormRelu> output = new ArrayList<>();
    private final ConvNormRelu bottleneck;
    private final Classifier classifier;
    private final UperNetConfig.Auxiliary auxiliary;
    private final Optional<PlainHead> second;

    /**
     * @param levels of the backbone, finest first
     * @param tokens of the guidance, each of which has an attention map; 0 if the head takes none
     * @param outputs channels of the prediction
     */
    public UperNet(Layers layers, UperNetConfig configuration, List<FeatureLevel> levels, int tokens, int outputs) {
        this.layers = layers;
        maps = new AttentionMaps(configuration.attention(), levels, tokens);
        int channels = configuration.channels();
        int last = levels.size() - 1;
        pooling = new PyramidPooling(layers, maps.levels().get(last).channels(), channels, configuration.poolScales());
        for (int i = 0; i < last; i++) {
            int in = maps.levels().get(i).channels();
            lateral.add(ConvNormRelu.of(layers.at("lateral_convs." + i), in, channels, 1));
            output.add(ConvNormRelu.of(layers.at("fpn_convs." + i), channels, channels, 3));
        }
        bottleneck = ConvNormRelu.of(layers.at("fpn_bottleneck"), levels.size() * channels, channels, 3);
        classifier = Classifier.of(layers, channels, outputs, configuration.dropout());
        auxiliary = configuration.auxiliary();
        second = auxiliary.weight() == 0 ? Optional.empty() : Optional.of(second(levels.size(), outputs));
    }

    private PlainHead second(int levels, int outputs) {
        if (auxiliary.level() >= levels) {
            throw new UserException("head.auxiliary.level is %s, but the backbone has the levels 0 to %s."
                    .formatted(auxiliary.level(), levels - 1));
        }
        int in = maps.levels().get(auxiliary.level()).channels();
        return new PlainHead(layers.at("auxiliary_head"), auxiliary, in, outputs);
    }

    @Override
    public AttentionRequest attention() {
        return maps.request();
    }

    /** Returns logits at the size of the finest level. */
    @Override
    public NDArray forward(Features features, boolean training) {
        List<NDArray> levels = maps.join(features);
        int last = levels.size() - 1;
        NDArray[] merged = new NDArray[levels.size()];
        merged[last] = pooling.forward(levels.get(last), training);
        for (int i = last - 1; i >= 0; i--) {
            NDArray finer = lateral.get(i).apply(levels.get(i), training);
            merged[i] = finer.add(Grids.resize(layers.kernels(), merged[i + 1], finer));
        }
        NDList joined = new NDList();
        for (int i = 0; i <= last; i++) {
            NDArray level = i == last ? merged[i] : output.get(i).apply(merged[i], training);
            joined.add(Grids.resize(layers.kernels(), level, merged[0]));
        }
        return classifier.apply(bottleneck.apply(NDArrays.concat(joined, 1), training), training);
    }

    @Override
    public List<Auxiliary> auxiliary(Features features) {
        return second.stream()
                .map(head -> new Auxiliary(head.forward(maps.join(features, auxiliary.level())), auxiliary.weight()))
                .toList();
    }
}
