package io.iedp.engine.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.nn.TorchModule;
import java.nio.file.Path;

/** A TorchScript network. */
final class ScriptRival implements Rival {
    private final TorchModule network;
    private final NDArray step;
    private final NDList arguments;

    ScriptRival(Path file, NDManager manager, NDArray latents, double timestep, NDArray context) {
        network = TorchModule.load(file, manager);
        step = manager.create(new float[] {(float) timestep});
        arguments = new NDList(latents, step, context);
    }

    @Override
    public void pass() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            network.forward(arguments);
        }
    }

    @Override
    public void close() {
        step.close();
        network.close();
    }
}
