package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.UserException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A timeout here is that of a deadlock. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TorchRuntimeTest {
    private static TorchRuntime runtime;
    private static NDManager manager;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        runtime = TorchRuntime.get();
        manager = runtime.newManager(Device.cpu());
        threads = Executors.newFixedThreadPool(4);
    }

    @AfterAll
    static void close() {
        threads.shutdown();
        manager.close();
    }

    /** Drawn in many parts, so that there is much to come in between. */
    private static List<Float> draw() {
        List<Float> drawn = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            try (NDArray array = manager.randomUniform(0, 1, new Shape(1))) {
                drawn.add(array.getFloat());
            }
        }
        return drawn;
    }

    private static <T> T elsewhere(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsDrawnDependsOnTheSeedAlone() throws Exception {
        List<List<Float>> alone = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            alone.add(runtime.seeded(seed, TorchRuntimeTest::draw));
        }
        assertThat(alone).doesNotHaveDuplicates();

        List<Future<List<Float>>> together = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            int own = seed;
            together.add(threads.submit(() -> runtime.seeded(own, TorchRuntimeTest::draw)));
        }
        for (int seed = 0; seed < 20; seed++) {
            assertThat(together.get(seed).get()).isEqualTo(alone.get(seed));
        }
    }

    @Test
    void workWithinWorkWaitsForNobody() {
        List<Float> alone = runtime.seeded(3, TorchRuntimeTest::draw);

        assertThat(runtime.<List<Float>>seeded(1, () -> runtime.seeded(3, TorchRuntimeTest::draw)))
                .isEqualTo(alone);
        assertThat(runtime.<List<Float>>seeded(
                        1, () -> elsewhere(runtime.share(() -> runtime.seeded(3, TorchRuntimeTest::draw)))))
                .isEqualTo(alone);
        assertThat(elsewhere(() -> runtime.seeded(3, TorchRuntimeTest::draw))).isEqualTo(alone);
    }

    @Test
    void workThatFailsLetsOthersGoOn() {
        Supplier<String> failing = () -> {
            throw new IllegalStateException("on purpose");
        };
        assertThatThrownBy(() -> runtime.seeded(1, failing)).hasMessage("on purpose");
        assertThatThrownBy(() -> runtime.seeded(1, () -> runtime.seeded(2, failing)))
                .hasMessage("on purpose");

        assertThat(elsewhere(() -> runtime.seeded(3, TorchRuntimeTest::draw))).hasSize(200);
    }

    /** Opening a trained model and computing with it is possible while another one trains. */
    @Test
    void whatDrawsNothingDoesNotWait() {
        try (TorchKernels kernels = TorchKernels.load()) {
            float[] result = runtime.seeded(
                    1,
                    () -> elsewhere(() -> {
                        try (NDManager own = manager.newSubManager()) {
                            ModelWeights blank = ModelWeights.blank(own);
                            blank.parameter("random", new Shape(2), new NormalInitializer(1));
                            new ModelWeights(own, 0).parameter("zeros", new Shape(2), Initializer.ZEROS);
                            return kernels.silu(own.zeros(new Shape(2))).toFloatArray();
                        }
                    }));
            assertThat(result).containsExactly(0, 0);
        }
    }

    /** A host's own TorchScript on the same thread runs as the host wants it. */
    @Test
    void kernelsLeaveTheModeOfTheExecutorAsItWas() {
        try (TorchKernels kernels = TorchKernels.load()) {
            List<Boolean> modes = elsewhere(() -> {
                List<Boolean> seen = new ArrayList<>();
                for (boolean wanted : new boolean[] {true, false}) {
                    JniUtils.setGraphExecutorOptimize(wanted);
                    kernels.silu(manager.zeros(new Shape(2))).close();
                    seen.add(GraphExecutor.optimizes());
                    seen.add(runtime.runScript(GraphExecutor::optimizes));
                }
                JniUtils.setGraphExecutorOptimize(true);
                return seen;
            });
            assertThat(modes).containsExactly(true, false, false, false);
        }
    }

    @Test
    void otherVersionsAreRefusedWithWhatToDo() {
        assertThatThrownBy(() -> TorchRuntime.requireDjl("0.34.0"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("engine 0.34.0, but IEDP is built for 0.36.0")
                .hasMessageContaining("ai.djl:bom 0.36.0");
        assertThatThrownBy(() -> TorchRuntime.requireLibtorch("2.5.1"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("libtorch 2.5.1, but IEDP is built for 2.7.1")
                .hasMessageContaining("PYTORCH_VERSION");
    }

    @Test
    void fieldsThatAreGoneAreNamed() {
        assertThatThrownBy(() -> DjlInternals.field(NDScope.class, "stack", ThreadLocal.class, "0.99.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NDScope.stack of DJL 0.99.0")
                .hasMessageContaining("built for DJL 0.36.0");
        assertThatThrownBy(() -> DjlInternals.field(NDScope.class, "resources", ThreadLocal.class, "0.99.0"))
                .hasMessageContaining("NDScope.resources of DJL 0.99.0");
        assertThat(DjlInternals.field(NDScope.class, "resources", IdentityHashMap.class, "0.36.0"))
                .isNotNull();
    }
}
