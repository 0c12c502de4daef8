package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class StochasticDepthTest {
    /** Of 4,000 draws, the share kept has a standard deviation of 0.0073; five of them are allowed. */
    @Test
    void theFactorIsZeroOrMakesUpForTheZeros() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                Gradients.Recording on = Gradients.record()) {
            NDArray x = manager.zeros(new Shape(4000, 2, 1, 1));
            NDArray factor = TorchRuntime.get()
                    .seeded(1, () -> new StochasticDepth(0.3).draw(x).orElseThrow());

            assertThat(factor.getShape()).isEqualTo(new Shape(4000, 1, 1, 1));
            int kept = 0;
            for (float value : factor.toFloatArray()) {
                if (value != 0) {
                    assertThat(value).isCloseTo(1 / 0.7f, within(1e-6f));
                    kept++;
                }
            }
            assertThat(kept / 4000.0).isCloseTo(0.7, within(0.0365));
        }
    }

    @Test
    void allBlocksRunWithoutAShareAndWithoutARecording() {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            NDArray x = manager.zeros(new Shape(2, 2, 1, 1));

            assertThat(new StochasticDepth(0.3).draw(x)).isEmpty();
            try (Gradients.Recording on = Gradients.record()) {
                assertThat(StochasticDepth.NONE.draw(x)).isEmpty();
                try (Gradients.Recording off = Gradients.pause()) {
                    assertThat(new StochasticDepth(0.3).draw(x)).isEmpty();
                }
            }
        }
    }
}
