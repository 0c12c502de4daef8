package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.config.Chosen;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.task.TaskContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class SemanticSegmentationConfigTest {
    @Test
    void gapsAreRefused() {
        assertThatThrownBy(() -> Configs.segmentation(16, 17))
                .hasMessage("stride is 17, but steps longer than the window of 16 would leave gaps");
        assertThat(Configs.segmentation(0, 17).window()).isZero();
    }

    @Test
    void aLossIsNeeded() {
        assertThatThrownBy(() -> Configs.losses(0, 0, 0, List.of()))
                .hasMessage("cross-entropy-weight, lovasz-weight and dice-weight are all 0, so there is nothing to "
                        + "learn from");
        assertThatThrownBy(() -> Configs.losses(1, 0, 0, List.of(0.0, 0.0)))
                .hasMessage("class-weights are all 0, so there is nothing to learn from");
        assertThat(Configs.losses(0, 0, 1, List.of()).diceWeight()).isOne();
    }

    @Test
    void twoEdgesAreNeeded() {
        for (List<Integer> resize : List.of(List.of(512), List.of(512, 2048), List.of(3, 2, 1))) {
            assertThatThrownBy(() -> Configs.segmentation(0, 1, resize, List.of(1.0), false))
                    .hasMessage("resize is %s, but must be the long edge and the short edge, such as [2048, 512]"
                            .formatted(resize));
        }
    }

    @Test
    void theKeysHaveNoPlaceBesideALoss() {
        SemanticSegmentationConfig keys = Configs.losses(1, 0.5, 0, List.of());
        assertThatThrownBy(() -> Configs.chosen(
                        keys,
                        List.of(new Chosen<>() {
                            @Override
                            public String type() {
                                return "any";
                            }

                            @Override
                            public PixelLoss make(TaskContext context) {
                                throw new AssertionError();
                            }
                        }),
                        List.of()))
                .hasMessageStartingWith("loss says what is learned, so cross-entropy-weight, lovasz-weight");
    }
}
