package io.iedp.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** Starts libtorch. */
public final class Torch {
    private static final String ENGINE = "PyTorch";

    private static Engine engine;

    private Torch() {}

    /**
     * The engine, started on the first call. It never reports usage and never downloads anything.
     *
     * @throws io.iedp.api.UserException if {@link LocalLibtorch#SETTING} names no libtorch
     * @throws ai.djl.engine.EngineException if the native library is missing or does not load
     */
    public static synchronized Engine engine() {
        if (engine == null) {
            // All of these are read while the engine starts.
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.offline", "true");
            LocalLibtorch.find().ifPresent(LocalLibtorch::use);
            engine = Engine.getEngine(ENGINE);
            TorchWarnings.off();
        }
        return engine;
    }

    /** A new root manager on the device; whoever asks for it closes it. */
    public static NDManager newManager(Device device) {
        return engine().newBaseManager(device);
    }

    /** Seeds the engine's random source, which initializers and dropout use. */
    public static void seed(long seed) {
        engine();
        JniUtils.setSeed(seed);
    }
}
