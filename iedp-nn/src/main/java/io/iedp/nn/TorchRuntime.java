package io.iedp.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import io.iedp.api.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Libtorch in this process, started on first use. All that libtorch and DJL keep per process or per thread, and that IEDP
 * changes, is changed here.
 *
 * <p>Of the whole process are
 *
 * <ul>
 *   <li>libtorch itself. Where the host has started DJL's PyTorch engine before, that one is taken as it is.
 *   <li>system properties that DJL reads while it starts. They are set for the time of the start alone, and only those that
 *       the host has not set, be it in the environment; none is once the engine runs.
 *   <li>libtorch's warnings, which go straight to the terminal. Where this class starts libtorch, they are off.
 *   <li>the random generator of each device, which {@link #seeded} lends to one at a time. What draws random numbers
 *       without it, such as a host's own training with DJL, disturbs trainings and is disturbed by them.
 * </ul>
 *
 * <p>Of each thread are the mode of TorchScript's executor, which is changed for the time of a call ({@link #runScript}), the
 * recording of gradients, for that of a {@link Gradients.Recording}, and the number of threads of kernels, from
 * {@link ComputeThreads#fit} to {@link ComputeThreads#release}. A host's own models are left as they are.
 */
public final class TorchRuntime {
    /** The version of DJL that IEDP is built for. */
    static final String DJL_VERSION = "0.36.0";

    private static final Logger LOG = LoggerFactory.getLogger(TorchRuntime.class);
    private static final String ENGINE = "PyTorch";

    private static TorchRuntime runtime;

    private final Engine engine;
    private final DjlInternals internals;
    private final ComputeThreads computeThreads = ComputeThreads.ofProcess();
    private final Lock generators = new ReentrantLock(true);
    private final ThreadLocal<Boolean> inSection = ThreadLocal.withInitial(() -> false);

    private TorchRuntime(Engine engine, DjlInternals internals) {
        this.engine = engine;
        this.internals = internals;
    }

    /**
     * The runtime, started on the first call. It never reports usage and never downloads anything, unless the host has set
     * that otherwise.
     *
     * @throws UserException if {@link LocalLibtorch#SETTING} names no libtorch, or another version of DJL or libtorch is
     *     there than IEDP is built for
     * @throws ai.djl.engine.EngineException if the native library is missing or does not load
     */
    public static synchronized TorchRuntime get() {
        if (runtime == null) {
            runtime = start();
        }
        return runtime;
    }

    private static TorchRuntime start() {
        String djl = DjlInternals.version();
        requireDjl(djl);
        DjlInternals internals = DjlInternals.open(djl);
        boolean running = internals.engineRuns();
        Engine engine = running ? Engine.getEngine(ENGINE) : startEngine();
        requireLibtorch(engine.getVersion());
        if (running) {
            LOG.info("DJL's PyTorch engine runs already and is taken as it is: libtorch {}", engine.getVersion());
        } else {
            TorchWarnings.off();
        }
        return new TorchRuntime(engine, internals);
    }

    private static Engine startEngine() {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("OPT_OUT_TRACKING", "true"));
        if (Utils.getenv("DJL_OFFLINE") == null) {
            settings.put("ai.djl.offline", "true");
        }
        if (Utils.getEnvOrSystemProperty(LocalLibtorch.ENGINE_SETTING) == null) {
            LocalLibtorch.find().ifPresent(local -> settings.putAll(local.settings()));
        }
        settings.keySet().removeIf(name -> Utils.getEnvOrSystemProperty(name) != null);
        settings.forEach(System::setProperty);
        try {
            return Engine.getEngine(ENGINE);
        } finally {
            settings.forEach((name, value) -> System.getProperties().remove(name, value));
        }
    }

    static void requireDjl(String version) {
        if (!DJL_VERSION.equals(version)) {
            throw new UserException(
                    ("The class path has DJL's PyTorch engine %s, but IEDP is built for %s. Put ai.djl:api and "
                                    + "ai.djl.pytorch:pytorch-engine %s there: ai.djl:bom %s in the build's dependency management does it.")
                            .formatted(version, DJL_VERSION, DJL_VERSION, DJL_VERSION));
        }
    }

    static void requireLibtorch(String version) {
        if (!LocalLibtorch.VERSION.equals(version)) {
            throw new UserException(
                    ("DJL's PyTorch engine runs with libtorch %s, but IEDP is built for %s. Remove PYTORCH_VERSION and "
                                    + "PYTORCH_LIBRARY_PATH from the environment and the system properties, or make both name "
                                    + "libtorch %s, and put ai.djl.pytorch:pytorch-native-* and pytorch-jni of that version on the class path.")
                            .formatted(version, LocalLibtorch.VERSION, LocalLibtorch.VERSION));
        }
    }

    public Engine engine() {
        return engine;
    }

    /** How many threads passes on the CPU run on. */
    public ComputeThreads computeThreads() {
        return computeThreads;
    }

    /** A new root manager on the device; whoever asks for it closes it. */
    public NDManager newManager(Device device) {
        return engine.newBaseManager(device);
    }

    /**
     * Seeds libtorch's random generators and does some work while nobody else draws from them: a pass of training, or the
     * making of one parameter. What it draws then depends on the seed alone, whatever else the process does, and the work
     * of others waits, each in its turn.
     *
     * <p>Work within work, on the same thread or on one that {@linkplain #share shares} the generators, waits for nobody;
     * it seeds them anew, and the outer work goes on from where it leaves them.
     */
    public <T> T seeded(long seed, Supplier<T> work) {
        if (inSection.get()) {
            JniUtils.setSeed(seed);
            return work.get();
        }
        generators.lock();
        try {
            inSection.set(true);
            JniUtils.setSeed(seed);
            return work.get();
        } finally {
            inSection.remove();
            generators.unlock();
        }
    }

    /**
     * Work for another thread that this thread is going to wait for. If this one is in {@link #seeded} work, the other has
     * part in it: asking for the generators there does not wait for this thread.
     */
    public <T> Callable<T> share(Callable<T> work) {
        if (!inSection.get()) {
            return work;
        }
        return () -> {
            inSection.set(true);
            try {
                return work.call();
            } finally {
                inSection.remove();
            }
        };
    }

    /**
     * Calls TorchScript with libtorch's plain executor: the profiling one compiles anew for each shape that it meets.
     * Afterwards, the thread has the mode that it had.
     */
    <T> T runScript(Supplier<T> call) {
        boolean before = GraphExecutor.optimizes();
        JniUtils.setGraphExecutorOptimize(false);
        try {
            return call.get();
        } finally {
            JniUtils.setGraphExecutorOptimize(before);
        }
    }

    DjlInternals internals() {
        return internals;
    }
}
