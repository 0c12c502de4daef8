package io.iedp.engine.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.iedp.nn.TorchRuntime;

/** The folders of trained runs as DJL's models. Arrays are those of PyTorch. */
final class IedpEngine extends Engine {
    static final String NAME = "IEDP";

    /** Behind all others. */
    static final int RANK = Integer.MAX_VALUE - 1;

    @Override
    public Model newModel(String name, Device device) {
        return new IedpDjlModel(name, device);
    }

    @Override
    public Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return RANK;
    }

    @Override
    public String getVersion() {
        return TorchRuntime.get().engine().getVersion();
    }

    @Override
    public boolean hasCapability(String capability) {
        return TorchRuntime.get().engine().hasCapability(capability);
    }

    @Override
    public NDManager newBaseManager() {
        return TorchRuntime.get().engine().newBaseManager();
    }

    @Override
    public NDManager newBaseManager(Device device) {
        return TorchRuntime.get().engine().newBaseManager(device);
    }

    @Override
    public String toString() {
        return NAME + " on " + TorchRuntime.get().engine();
    }
}
