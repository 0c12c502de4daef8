package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Each value of the array is its own index, so those of a part follow from their places. */
class SlicesTest {
    private static final Shape SHAPE = new Shape(2, 3, 2, 4);

    @Test
    void partsAreTakenAlongTheirAxes() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            NDArray array = manager.arange((float) SHAPE.size()).reshape(SHAPE);

            assertThat(Slices.rows(array, 1, 2).getShape()).isEqualTo(new Shape(1, 3, 2, 4));
            assertThat(Slices.rows(array, 1, 2).getFloat(0, 0, 0, 0)).isEqualTo(24);
            assertThat(Slices.channels(array, 1, 3).getShape()).isEqualTo(new Shape(2, 2, 2, 4));
            assertThat(Slices.channels(array, 1, 3).getFloat(1, 1, 1, 3)).isEqualTo(47);
            assertThat(Slices.window(array, 1, 2, 1, 3).toFloatArray())
                    .containsExactly(5, 6, 13, 14, 21, 22, 29, 30, 37, 38, 45, 46);
        }
    }

    @Test
    void whatIsChangedInAPartChangesInTheWhole() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            NDArray array = manager.zeros(SHAPE);

            Slices.window(array, 0, 1, 0, 1).addi(1);

            assertThat(array.sum().getFloat()).isEqualTo(6);
        }
    }
}
