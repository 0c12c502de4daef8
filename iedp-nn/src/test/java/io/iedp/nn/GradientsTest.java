package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GradientsTest {
    private static NDManager manager;

    @BeforeAll
    static void start() {
        manager = TorchRuntime.get().newManager(Device.cpu());
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    @Test
    void checkpointedBlocksGiveTheGradientsOfPlainOnes() {
        NDArray first = parameter(2);
        NDArray second = parameter(3);
        AtomicInteger runs = new AtomicInteger();
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            NDArray x = first.mul(5);
            NDArray squared = Gradients.checkpoint(
                    in -> {
                        runs.incrementAndGet();
                        return in.get(0).mul(in.get(0)).mul(second);
                    },
                    x);
            NDArray skipped = Gradients.checkpoint(in -> in.get(0).mul(in.get(1)), squared, x);
            Gradients.backward(skipped.add(squared).sum());
        }
        // f = x^2 b (x + 1) with x = 5 a: df/da = 5 b (3 x^2 + 2 x), df/db = x^2 (x + 1), at a = 2, b = 3
        assertThat(gradient(first)).isCloseTo(15 * (300 + 20), within(1e-2f));
        assertThat(gradient(second)).isCloseTo(1100, within(1e-2f));
        assertThat(runs).hasValue(2);
    }

    @Test
    void memoryThatArraysWereMadeFromLivesAsLongAsTheRecording() throws InterruptedException {
        NDArray parameter = parameter(2);
        ByteBuffer memory = manager.allocateDirect(Float.BYTES).putFloat(0, 3);
        WeakReference<ByteBuffer> reference = new WeakReference<>(memory);
        try (Gradients.Recording on = Gradients.record()) {
            NDArray factor = manager.create(memory, new Shape(1), DataType.FLOAT32);
            NDArray product = parameter.mul(factor);
            factor.close();
            memory = null;
            System.gc();
            assertThat(reference.get()).isNotNull();
            Gradients.backward(product);
        }
        assertThat(gradient(parameter)).isEqualTo(3);
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(reference.get()).isNull();
    }

    @Test
    void recordingsLeaveScopesAsTheyAre() {
        NDArray inner;
        NDArray outer;
        NDArray kept;
        NDArray loose;
        try (Gradients.Recording on = Gradients.record()) {
            loose = manager.create(1f);
            try (NDScope scope = new NDScope()) {
                outer = manager.create(1f);
                try (Gradients.Recording again = Gradients.record();
                        NDScope nested = new NDScope()) {
                    inner = manager.create(1f);
                    kept = manager.create(1f);
                    NDScope.unregister(kept);
                }
                assertThat(((PtNDArray) inner).isReleased()).isTrue();
                assertThat(((PtNDArray) outer).isReleased()).isFalse();
            }
        }
        assertThat(((PtNDArray) outer).isReleased()).isTrue();
        assertThat(((PtNDArray) kept).isReleased()).isFalse();
        assertThat(((PtNDArray) loose).isReleased()).isFalse();
        kept.close();
        loose.close();
    }

    @Test
    void checkpointedBlocksJustRunWithoutARecording() {
        AtomicInteger runs = new AtomicInteger();
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            NDArray y = Gradients.checkpoint(
                    in -> {
                        runs.incrementAndGet();
                        return in.get(0).mul(2);
                    },
                    manager.create(4f));
            assertThat(y.getFloat()).isEqualTo(8);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void aLoopOverCheckpointedBlocksLeavesNoArrayBehind() {
        NDArray weight = parameter(1);
        int before = 0;
        for (int i = 0; i < 20; i++) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording on = Gradients.record()) {
                NDArray x = manager.create(3f);
                NDArray y =
                        Scopes.keep(() -> Gradients.checkpoint(in -> in.get(0).mul(weight), x));
                NDArray z = Gradients.checkpoint(in -> in.get(0).mul(weight), y);
                if (i % 2 == 0) {
                    Gradients.backward(z.sum());
                    Gradients.clear(weight);
                }
            }
            if (i == 3) {
                before = manager.getManagedArrays().size();
            }
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void aClearedParameterStartsAnew() {
        NDArray parameter = parameter(2);
        NDArray frozen = manager.create(new float[] {2}, new Shape(1));
        for (int i = 0; i < 2; i++) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording on = Gradients.record()) {
                Gradients.backward(parameter.mul(parameter).sum());
            }
            assertThat(gradient(parameter)).isEqualTo(4);
            Gradients.clear(parameter);
            Gradients.clear(frozen);
            assertThat(Gradients.of(parameter)).isEmpty();
        }
        assertThat(parameter.getFloat()).isEqualTo(2);
        assertThat(frozen.hasGradient()).isFalse();
    }

    /** A recording that fails, or that leaves another open within, still gives its thread back as it was. */
    @Test
    void closingARecordingClosesWhatWasOpenedWithin() {
        DjlInternals djl = TorchRuntime.get().internals();
        Deque<NDScope> scopes = djl.scopes();
        boolean mode = JniUtils.isGradMode();

        assertThatThrownBy(() -> {
                    try (Gradients.Recording on = Gradients.record();
                            NDScope scope = new NDScope()) {
                        scope.suppressNotUsedWarning();
                        Gradients.checkpoint(
                                in -> {
                                    throw new IllegalStateException("on purpose");
                                },
                                manager.create(1f));
                    }
                })
                .hasMessage("on purpose");
        assertThat(djl.scopes()).isSameAs(scopes).isEmpty();
        Gradients.Recording outer = Gradients.record();
        Gradients.Recording middle = Gradients.pause();
        Gradients.Recording inner = Gradients.record();
        outer.close();
        assertThat(djl.scopes()).isSameAs(scopes);
        assertThat(JniUtils.isGradMode()).isEqualTo(mode);
        assertThat(Gradients.isRecording()).isFalse();
        inner.close();
        middle.close();
        outer.close();
        assertThat(djl.scopes()).isSameAs(scopes);
        assertThat(JniUtils.isGradMode()).isEqualTo(mode);
    }

    @Test
    void recordingsBelongToTheirThread() throws Exception {
        DjlInternals djl = TorchRuntime.get().internals();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Gradients.Recording on = Gradients.record()) {
            Deque<NDScope> recorded = djl.scopes();
            assertThat(other.submit(() -> djl.scopes().getClass()).get()).isEqualTo(ArrayDeque.class);
            assertThat(other.submit(Gradients::isRecording).get()).isFalse();
            assertThatThrownBy(() -> other.submit(on::close).get())
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasStackTraceContaining("cannot be closed by thread");
            assertThat(djl.scopes()).isSameAs(recorded);
            assertThat(Gradients.isRecording()).isTrue();
        } finally {
            other.shutdown();
        }
    }

    private static NDArray parameter(float value) {
        NDArray parameter = manager.create(new float[] {value}, new Shape(1));
        parameter.setRequiresGradient(true);
        return parameter;
    }

    private static float gradient(NDArray parameter) {
        try (NDArray gradient = Gradients.of(parameter).orElseThrow()) {
            return gradient.getFloat();
        }
    }
}
