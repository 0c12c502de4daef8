package io.iedp.nn.testing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of one class that share a manager and the kernels, on the CPU. */
public abstract class TorchTest {
    protected static NDManager manager;
    protected static TorchKernels kernels;

    @BeforeAll
    static void load() {
        manager = TorchRuntime.get().newManager(Device.cpu());
        kernels = TorchKernels.load();
    }

    @AfterAll
    static void close() {
        kernels.close();
        manager.close();
    }
}
