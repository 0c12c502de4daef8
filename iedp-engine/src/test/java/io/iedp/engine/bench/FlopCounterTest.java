package io.iedp.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.nn.Bfloat16Products;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Each count is written as 2 operations times the results times the products that each is a sum of. */
class FlopCounterTest {
    private static final NDManager MANAGER = TorchRuntime.get().newManager(Device.cpu());
    private static final TorchKernels KERNELS = TorchKernels.load();

    private final FlopCounter counter = new FlopCounter(KERNELS);

    @AfterAll
    static void free() {
        KERNELS.close();
        MANAGER.close();
    }

    private static NDArray array(long... shape) {
        return MANAGER.ones(new Shape(shape));
    }

    @Test
    void linearLayersTakeAProductAnInput() {
        counter.linear(array(2, 3, 4), array(5, 4));
        assertThat(counter.take()).isEqualTo(2L * (2 * 3 * 5) * 4);

        counter.linear(array(2, 3, 4), array(5, 4), array(5));
        assertThat(counter.take()).isEqualTo(2L * (2 * 3 * 5) * 4);
    }

    /** Of 7 x 5 cells, a kernel of 3 with a stride of 2 and a padding of 1 has 4 x 3 places. */
    @Test
    void convolutionsTakeAProductAnInputAndACellOfTheKernel() {
        counter.conv2d(array(2, 3, 7, 5), array(6, 3, 3, 3), 2, 1);
        assertThat(counter.take()).isEqualTo(2L * (2 * 6 * 4 * 3) * (3 * 3 * 3));

        counter.conv2d(array(2, 3, 7, 5), array(6, 3, 1, 1), array(6), 1, 0);
        assertThat(counter.take()).isEqualTo(2L * (2 * 6 * 7 * 5) * 3);
    }

    /** It is the gradient of the convolution above with respect to its argument, and takes the same products. */
    @Test
    void transposedConvolutionsTakeWhatTheConvolutionBackwardsTakes() {
        NDArray result = counter.transposedConv2d(array(2, 6, 4, 3), array(6, 3, 3, 3), 2, 1, 7, 5);

        assertThat(result.getShape()).isEqualTo(new Shape(2, 3, 7, 5));
        assertThat(counter.take()).isEqualTo(2L * (2 * 6 * 4 * 3) * (3 * 3 * 3));
    }

    /** 7 queries, 5 keys and values, 3 wide, in 2 x 4 heads: scores are sums over 3, results over 5. */
    @Test
    void attentionTakesBothProducts() {
        long scores = 2L * (2 * 4 * 7 * 5) * 3;
        long mixtures = 2L * (2 * 4 * 7 * 3) * 5;
        NDArray query = array(2, 4, 7, 3);
        NDArray key = array(2, 4, 5, 3);

        counter.attention(query, key, key, false);
        assertThat(counter.take()).isEqualTo(scores + mixtures);

        counter.attention(query, key, key, array(1, 1, 7, 5));
        assertThat(counter.take()).isEqualTo(scores + mixtures);

        counter.attentionWeights(query, key);
        assertThat(counter.take()).isEqualTo(scores);

        counter.attention(query, query, query, true);
        assertThat(counter.take()).isEqualTo(2 * 2L * (2 * 4 * 7 * 7) * 3);
    }

    @Test
    void whatIsNoProductCountsNothing() {
        NDArray x = array(1, 4, 6, 6);

        counter.groupNormSilu(x, 2, array(4), array(4), 1e-5);
        counter.layerNorm(array(2, 4), array(4), array(4), 1e-5);
        counter.geglu(array(2, 4));
        counter.resizeBicubic(x, 3, 3);
        counter.upsampleNearest(x, 2);
        counter.averagePool(x, 2, 2);
        counter.crossEntropy(x, MANAGER.zeros(new Shape(1, 6, 6)), 255);

        assertThat(counter.take()).isZero();
    }

    @Test
    void countsAddUpUntilTheyAreTaken() {
        counter.linear(array(1, 2), array(3, 2));
        counter.linear(array(1, 2), array(3, 2));

        assertThat(counter.take()).isEqualTo(2 * 2L * 3 * 2);
        assertThat(counter.take()).isZero();
    }

    /** In bfloat16, the products are as many, and go through the kernels that are watched. */
    @Test
    void loweredProductsAreCountedToo() {
        NDArray result = Bfloat16Products.of(counter, KERNELS).linear(array(2, 3, 4), array(5, 4));

        assertThat(result.getDataType()).isEqualTo(DataType.UNKNOWN);
        assertThat(counter.take()).isEqualTo(2L * (2 * 3 * 5) * 4);
    }
}
