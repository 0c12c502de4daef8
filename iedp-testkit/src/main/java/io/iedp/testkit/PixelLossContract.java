package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.loss.PixelLossFactory;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.TaskContext;
import io.iedp.nn.Gradients;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for every loss of one class a pixel.
 *
 * @param <C> its configuration record
 */
public abstract class PixelLossContract<C extends Record> extends ComponentContract<C> {
    private static final int PICTURES = 2;
    private static final int EDGE = 6;

    /** Logits so far apart that no probability but 0 and 1 is left. */
    private static final float SURE = 60;

    private NDManager root;
    private TorchKernels torch;

    @Override
    protected abstract PixelLossFactory<C> factory();

    /** How many classes the data has. */
    protected int classes() {
        return 3;
    }

    @BeforeEach
    final void open() {
        root = TorchRuntime.get().newManager(Device.cpu());
        torch = TorchKernels.load();
    }

    @AfterEach
    final void close() {
        torch.close();
        root.close();
    }

    private record Host(Kernels kernels, DatasetInfo data) implements TaskContext {}

    private PixelLoss create() {
        DatasetInfo data = new DatasetInfo(
                IntStream.range(0, classes())
                        .mapToObj(c -> new ClassInfo("class " + c, 0))
                        .toList(),
                0);
        return factory().create(configuration(), new Host(torch, data));
    }

    private NDArray wave() {
        Shape shape = new Shape(PICTURES, classes(), EDGE, EDGE);
        return root.arange((float) shape.size()).mul(0.7f).sin().reshape(shape);
    }

    /** Stripes of all classes, with some pixels ignored. */
    private NDArray stripes() {
        float[] labels = new float[PICTURES * EDGE * EDGE];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 7 == 3 ? Raster.IGNORE : i / 2 % classes();
        }
        return root.create(labels, new Shape(PICTURES, EDGE, EDGE));
    }

    /** Logits without doubt: for the right class, or the one behind it. */
    private NDArray sure(NDArray labels, int off) {
        NDArray said = labels.add(off).mod(classes()).expandDims(1);
        NDArray all = root.arange((float) classes()).reshape(1, classes(), 1, 1);
        return said.eq(all).toType(DataType.FLOAT32, false).mul(2).sub(1).mul(SURE);
    }

    private NDArray gradient(NDArray logits, NDArray labels) {
        logits.setRequiresGradient(true);
        Gradients.backward(create().of(logits, new PixelLabels(labels)));
        return Gradients.of(logits).orElseThrow();
    }

    @Test
    void theLossIsANumberThatTheLogitsLearnFrom() {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            assertThatTensor(create().of(wave(), new PixelLabels(stripes())))
                    .hasShape()
                    .isFinite();
            assertThatTensor(gradient(wave(), stripes())).isFinite().isNotZero();
        }
    }

    @Test
    void pixelsThatAreIgnoredTeachNothing() {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            float[] ignored = new float[PICTURES * EDGE * EDGE];
            Arrays.fill(ignored, Raster.IGNORE);
            NDArray none = root.create(ignored, new Shape(PICTURES, EDGE, EDGE));

            assertThatTensor(create().of(wave(), new PixelLabels(none))).isZero();
            assertThatTensor(gradient(wave(), none)).isZero();
        }
    }

    @Test
    void aPictureOfOneClassBreaksNothing() {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            NDArray first = root.zeros(new Shape(PICTURES, EDGE, EDGE));

            assertThatTensor(create().of(wave(), new PixelLabels(first))).isFinite();
            assertThatTensor(gradient(wave(), first)).isFinite();
        }
    }

    @Test
    void aSurePredictionIsBestWhereItIsRight() {
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            PixelLabels labels = new PixelLabels(stripes());
            float right = create().of(sure(stripes(), 0), labels).getFloat();
            float wrong = create().of(sure(stripes(), 1), labels).getFloat();

            assertThat(right).as("the loss where all is right").isLessThan(wrong);
            assertThatTensor(gradient(sure(stripes(), 0), stripes())).isFinite();
            assertThatTensor(gradient(sure(stripes(), 1), stripes())).isFinite();
        }
    }
}
