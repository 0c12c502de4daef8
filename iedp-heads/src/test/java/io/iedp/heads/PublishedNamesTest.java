package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.testing.Goldens;
import io.iedp.nn.testing.ParameterList;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Names and shapes of parameters against those of VPD and mmsegmentation. */
class PublishedNamesTest extends TorchTest {
    private static final List<FeatureLevel> TINY = List.of(
            new FeatureLevel(32, 8), new FeatureLevel(32, 16), new FeatureLevel(32, 32), new FeatureLevel(64, 64));

    private static final List<FeatureLevel> FULL = List.of(
            new FeatureLevel(320, 8),
            new FeatureLevel(640, 16),
            new FeatureLevel(1280, 32),
            new FeatureLevel(1280, 64));

    /** Loads a recorded model's head, which fails if one name or shape differs. */
    private static void load(String name, UnaryOperator<String> own, Function<Layers, ?> head) {
        UnaryOperator<String> rename = stored -> stored.endsWith("num_batches_tracked") ? "" : own.apply(stored);
        try (RenamedSource source =
                new RenamedSource(SafeTensors.open(Goldens.folder(name).resolve("head.safetensors")), rename)) {
            ModelWeights weights = new ModelWeights(manager, 0);
            Layers.load(source, weights, kernels, head);
            assertThat(weights.parameters()).hasSameSizeAs(source.names()).isNotEmpty();
        }
    }

    private static Map<String, Shape> shapes(Consumer<Layers> head) {
        ParameterList list = new ParameterList(manager);
        head.accept(new Layers(list, kernels));
        return list.shapes();
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : "";
    }

    @Test
    void segmentation() {
        load(
                "e_vpd_seg",
                name -> name.startsWith("neck.") ? name : without("decode_head.", name),
                layers -> new SemanticFpn(layers, new SemanticFpnConfig(24, 0.1, TestLevels.ATTENTION), TINY, 7, 7));
    }

    @Test
    void depth() {
        load(
                "e_vpd_depth",
                name -> name.matches("(decoder|last_layer_depth|encoder\\.(layer\\d|out_layer))\\..*") ? name : "",
                layers ->
                        new DepthDecoder(layers, new DepthDecoderConfig(48, List.of(16, 16, 16), 2, 16, 16), TINY, 1));
    }

    @Test
    void referring() {
        load(
                "e_vpd_refer",
                name -> without("classifier.", name),
                layers ->
                        new ReferringDecoder(layers, new ReferringDecoderConfig(32, TestLevels.ATTENTION), TINY, 9, 2));
    }

    /** Channels of the features at full size as VPD sets them: 320, 640 + 150, 1280 + 150, 1280. */
    @Test
    void segmentationAtFullSize() {
        Map<String, Shape> shapes = shapes(layers ->
                new SemanticFpn(layers, new SemanticFpnConfig(256, 0.1, TestLevels.ATTENTION), FULL, 150, 150));
        assertThat(shapes)
                .contains(
                        entry("neck.lateral_convs.0.conv.weight", new Shape(256, 320, 1, 1)),
                        entry("neck.lateral_convs.1.conv.weight", new Shape(256, 790, 1, 1)),
                        entry("neck.lateral_convs.2.conv.weight", new Shape(256, 1430, 1, 1)),
                        entry("neck.lateral_convs.3.conv.weight", new Shape(256, 1280, 1, 1)));
        long square = 256 * 256 * 9;
        long neck = 256 * (320 + 790 + 1430 + 1280) + 4 * 256 + 4 * (square + 256);
        // One, one, two and three convolutions, each with four vectors of its normalization.
        long scales = 7 * (square + 4 * 256);
        assertThat(ParameterList.count(shapes)).isEqualTo(neck + scales + 150 * 257);
    }

    /** 320 + 640 + 1280 + 1280 channels joined to 192 * 8, filters of 32, 192 at the end. */
    @Test
    void depthAtFullSize() {
        Map<String, Shape> shapes = shapes(layers ->
                new DepthDecoder(layers, new DepthDecoderConfig(1536, List.of(32, 32, 32), 2, 192, 16), FULL, 1));
        assertThat(shapes)
                .contains(
                        entry("encoder.layer1.3.weight", new Shape(320, 320, 3, 3)),
                        entry("encoder.layer2.0.weight", new Shape(640, 640, 3, 3)),
                        entry("encoder.out_layer.0.weight", new Shape(1536, 3520, 1, 1)),
                        entry("decoder.deconv_layers.0.weight", new Shape(1536, 32, 2, 2)),
                        entry("decoder.deconv_layers.6.weight", new Shape(32, 32, 2, 2)),
                        entry("decoder.conv_layers.0.weight", new Shape(192, 32, 3, 3)),
                        entry("last_layer_depth.2.weight", new Shape(1, 192, 3, 3)));
    }

    /** 40 tokens: channels 320, 680, 1320 and 1280. */
    @Test
    void referringAtFullSize() {
        Map<String, Shape> shapes = shapes(layers ->
                new ReferringDecoder(layers, new ReferringDecoderConfig(640, TestLevels.ATTENTION), FULL, 40, 2));
        assertThat(shapes)
                .contains(
                        entry("conv1_4.weight", new Shape(640, 1280 + 1320, 3, 3)),
                        entry("conv1_3.weight", new Shape(640, 640 + 680, 3, 3)),
                        entry("conv1_2.weight", new Shape(640, 640 + 320, 3, 3)),
                        entry("conv2_2.weight", new Shape(640, 640, 3, 3)),
                        entry("conv1_1.weight", new Shape(2, 640, 1, 1)));
    }

    /** On the four stages of a ResNet-50, as mmsegmentation configures it for ADE20K. */
    @Test
    void uperNetAtFullSize() {
        List<FeatureLevel> resnet = List.of(
                new FeatureLevel(256, 4),
                new FeatureLevel(512, 8),
                new FeatureLevel(1024, 16),
                new FeatureLevel(2048, 32));
        UperNetConfig configuration = new UperNetConfig(
                512, List.of(1, 2, 3, 6), 0.1, AttentionConfig.NONE, new UperNetConfig.Auxiliary(0.4, 2, 256, 1, 0.1));
        Map<String, Shape> shapes = shapes(layers -> new UperNet(layers, configuration, resnet, 0, 150));
        long norm = 4 * 512;
        long pooling = 4 * (2048 * 512 + norm) + (2048 + 4 * 512) * 512 * 9 + norm;
        long pyramid = (256 + 512 + 1024) * 512 + 3 * norm + 3 * (512 * 512 * 9 + norm) + 4 * 512 * 512 * 9 + norm;
        long second = 1024 * 256 * 9 + 4 * 256 + 150 * 257;
        assertThat(ParameterList.count(shapes)).isEqualTo(pooling + pyramid + 150 * 513 + second);
    }
}
