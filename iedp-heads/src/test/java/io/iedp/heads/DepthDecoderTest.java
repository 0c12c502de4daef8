package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.Extent;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the recorded cases of VPD leave open. */
class DepthDecoderTest extends TorchTest {
    private static final DepthDecoderConfig SMALL = new DepthDecoderConfig(16, List.of(6, 5, 4), 2, 6, 4);

    private static DepthDecoder create(DepthDecoderConfig configuration, List<FeatureLevel> levels) {
        return new DepthDecoder(new Layers(new ModelWeights(manager, 0), kernels), configuration, levels, 1);
    }

    /** Of 128 x 192 pixels, 4 x 6 cells of stride 32; the extent's part of a cell counts as a whole one. */
    @ParameterizedTest
    @CsvSource({"97, 160, 4, 5", "96, 192, 3, 6", "65, 161, 3, 6", "1, 1, 1, 1"})
    void paddingIsCutOffInWholeCellsAndIsZeroInTheOutput(int height, int width, int rows, int columns) {
        DepthDecoder head = create(SMALL, TestLevels.SMALL);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Features features = TestLevels.features(manager, TestLevels.SMALL, 1, 16, 24);
            NDArray whole = head.forward(features, false);
            NDArray cut = head.forward(features.within(new Extent(height, width)), false);
            assertThat(cut.getShape()).isEqualTo(new Shape(1, 1, 128, 192)).isEqualTo(whole.getShape());
            long bottom = 32L * rows;
            long right = 32L * columns;
            String inside = ":, :, :%s, :%s".formatted(bottom, right);
            assertThat(cut.get(inside).pad(new Shape(0, 192 - right, 0, 128 - bottom), 0))
                    .isEqualTo(cut);
            // The convolutions and resizes after the cut see less than 24 pixels across it.
            String deep = ":, :, :%s, :%s".formatted(bottom - 24, right - 24);
            float largest = whole.abs().max().getFloat();
            assertThat(difference(cut.get(deep), whole.get(deep))).isLessThan(1e-5f * largest);
            if (rows < 4) {
                String edge = ":, :, %s:%s, :%s".formatted(bottom - 1, bottom, right);
                assertThat(difference(cut.get(edge), whole.get(edge))).isGreaterThan(1e-3f * largest);
            }
        }
    }

    private static float difference(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getFloat();
    }

    @Test
    void paddingHasNoPartInTheStatisticsOfTheBatch() {
        ModelWeights weights = new ModelWeights(manager, 0);
        DepthDecoder head = new DepthDecoder(new Layers(weights, kernels), SMALL, TestLevels.SMALL, 1);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Features features = TestLevels.features(manager, TestLevels.SMALL, 2, 16, 16);
            NDArray output = head.forward(features.within(new Extent(96, 128)), true);
            NDArray mean = weights.parameters().stream()
                    .filter(each -> each.name().equals("decoder.deconv_layers.1.running_mean"))
                    .findFirst()
                    .orElseThrow()
                    .array();
            NDArray weight = weights.parameters().stream()
                    .filter(each -> each.name().equals("decoder.deconv_layers.0.weight"))
                    .findFirst()
                    .orElseThrow()
                    .array();
            // A tenth of the mean over 3 of 4 rows of cells; a kernel of 2 x 2 gives each of its values once a cell.
            NDArray cells = head.joined(features)
                    .get(":, :, :3, :")
                    .sum(new int[] {0, 2, 3})
                    .div(2 * 3 * 4);
            NDArray expected = cells.reshape(1, -1)
                    .matMul(weight.sum(new int[] {2, 3}).div(4))
                    .mul(0.1f)
                    .reshape(-1);
            assertThat(difference(mean, expected))
                    .isLessThan(1e-5f * expected.abs().max().getFloat());
            assertThat(output.get(":, :, 96:").abs().max().getFloat()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void kernelsOfAnySizeDouble(int kernel) {
        DepthDecoder head = create(new DepthDecoderConfig(16, List.of(6, 5), kernel, 6, 4), TestLevels.SMALL);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Features features = TestLevels.features(manager, TestLevels.SMALL, 1, 8, 16);
            assertThat(head.forward(features, false).getShape()).isEqualTo(new Shape(1, 1, 32, 64));
        }
    }

    @Test
    void oneLevelIsEnough() {
        List<FeatureLevel> one = List.of(new FeatureLevel(8, 32));
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray output = create(SMALL, one).forward(TestLevels.features(manager, one, 1, 2, 3), false);
            assertThat(output.getShape()).isEqualTo(new Shape(1, 1, 64, 96));
        }
    }

    @Test
    void groupsMustDivideChannels() {
        List<FeatureLevel> levels = List.of(
                new FeatureLevel(10, 8), new FeatureLevel(12, 16), new FeatureLevel(16, 32), new FeatureLevel(20, 64));
        assertThat(TestLevels.message(() -> create(SMALL, levels)))
                .isEqualTo("head.groups is 4, which does not divide the 10 channels of the features of stride 8.");
        assertThatThrownBy(() -> new DepthDecoderConfig(24, List.of(6), 2, 6, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channels is 24, which 16 groups do not divide");
    }
}
