package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.head.Auxiliary;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the recorded cases of mmsegmentation leave open. */
class UperNetTest extends TorchTest {
    private static UperNet create(ModelWeights weights, UperNetConfig.Auxiliary auxiliary) {
        UperNetConfig configuration = new UperNetConfig(8, List.of(1, 2), 0.5, TestLevels.ATTENTION, auxiliary);
        return new UperNet(new Layers(weights, kernels), configuration, TestLevels.SMALL, TestLevels.TOKENS, 3);
    }

    @Test
    void theSecondHeadIsOnItsLevelWithTheMaps() {
        ModelWeights weights = new ModelWeights(manager, 0);
        UperNet head = create(weights, new UperNetConfig.Auxiliary(0.4, 2, 6, 2, 0.1));
        assertThat(weights.parameters())
                .filteredOn(parameter -> parameter.name().matches("auxiliary_head\\..*(weight|bias)"))
                .extracting(Parameter::name)
                .containsExactly(
                        "auxiliary_head.convs.0.conv.weight",
                        "auxiliary_head.convs.0.bn.weight",
                        "auxiliary_head.convs.0.bn.bias",
                        "auxiliary_head.convs.1.conv.weight",
                        "auxiliary_head.convs.1.bn.weight",
                        "auxiliary_head.convs.1.bn.bias",
                        "auxiliary_head.conv_seg.weight",
                        "auxiliary_head.conv_seg.bias");
        assertThat(weights.parameters())
                .filteredOn(parameter -> parameter.name().equals("auxiliary_head.convs.0.conv.weight"))
                .extracting(parameter -> parameter.array().getShape())
                .containsExactly(new Shape(6, 16 + TestLevels.TOKENS, 3, 3));
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            List<Auxiliary> extras = head.auxiliary(TestLevels.features(manager, TestLevels.SMALL, 2, 16, 8));
            assertThat(extras).hasSize(1);
            assertThat(extras.get(0).weight()).isEqualTo(0.4);
            assertThat(extras.get(0).output().getShape()).isEqualTo(new Shape(2, 3, 4, 2));
        }
    }

    @Test
    void withoutWeightThereIsNoSecondHead() {
        ModelWeights weights = new ModelWeights(manager, 0);
        UperNet head = create(weights, new UperNetConfig.Auxiliary(0, 9, 6, 1, 0));
        assertThat(weights.parameters()).noneMatch(parameter -> parameter.name().startsWith("auxiliary_head."));
        try (NDScope scope = new NDScope()) {
            assertThat(head.auxiliary(TestLevels.features(manager, TestLevels.SMALL, 1, 8, 8)))
                    .isEmpty();
        }
    }

    @Test
    void theSecondHeadsLevelMustExist() {
        assertThat(TestLevels.message(
                        () -> create(new ModelWeights(manager, 0), new UperNetConfig.Auxiliary(0.4, 4, 6, 1, 0))))
                .isEqualTo("head.auxiliary.level is 4, but the backbone has the levels 0 to 3.");
    }

    /** The mean of the whole picture is one value a channel. */
    @Test
    void trainingOnOnePictureIsRefused() {
        UperNet head = create(new ModelWeights(manager, 0), UperNetConfig.Auxiliary.NONE);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            assertThat(TestLevels.message(
                            () -> head.forward(TestLevels.features(manager, TestLevels.SMALL, 1, 16, 16), true)))
                    .contains("8 channels has one value a channel", "more samples a step");
        }
    }
}
