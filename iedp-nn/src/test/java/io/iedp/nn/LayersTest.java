package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.UserException;
import io.iedp.nn.testing.TorchTest;
import org.junit.jupiter.api.Test;

class LayersTest extends TorchTest {
    private static Layers layers() {
        return new Layers(new ModelWeights(manager, 0), kernels);
    }

    @Test
    void convolutionsStartAsPyTorchsDo() {
        Conv2d convolution = layers().conv2d("conv", 4, 8, 3, 1, 1);
        float bound = 1 / 6f;
        assertThat(convolution.weight().abs().max().getFloat()).isBetween(0.9f * bound, bound);
        assertThat(convolution.bias().orElseThrow().abs().max().getFloat()).isBetween(0.5f * bound, bound);
    }

    @Test
    void biasesOfConvolutionsWithValuesOfTheirOwnStartAtZero() {
        Conv2d convolution = layers().conv2d("conv", 4, 8, 3, 1, 1, new NormalInitializer(0.01f), true);
        assertThat(convolution.bias().orElseThrow().abs().max().getFloat()).isZero();
        assertThat(convolution.weight().abs().max().getFloat()).isPositive();
    }

    @Test
    void oneValueHasNoVarianceToLearn() {
        BatchNorm norm = layers().batchNorm("bn", 3);
        NDArray one = manager.ones(new Shape(1, 3, 1, 1));
        assertThat(norm.apply(one, false).getShape()).isEqualTo(one.getShape());
        assertThatThrownBy(() -> norm.apply(one, true))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "A batch normalization of 3 channels has one value a channel to learn from, but needs two or "
                                + "more: train on more samples a step, or on larger pictures.");
    }
}
