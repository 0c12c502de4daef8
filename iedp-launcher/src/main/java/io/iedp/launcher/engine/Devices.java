package io.iedp.launcher.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.nn.Torch;
import io.iedp.nn.TorchKernels;

/** Chooses where to compute. */
public final class Devices {
    private Devices() {}

    /**
     * @param wanted {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
     * @throws UserException if there is no such device, or no device is called that
     */
    public static Device choose(String wanted) {
        try {
            Experiment.requireDevice(wanted);
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage(), e);
        }
        Engine engine = Torch.engine();
        int gpus = engine.getGpuCount();
        if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
            return Device.cpu();
        }
        int index = wanted.startsWith("gpu:") ? Integer.parseInt(wanted.substring(4)) : 0;
        if (index >= gpus) {
            throw new UserException(
                    "device: %s is not there: libtorch %s sees %d GPU(s). 'iedp doctor' says what it found."
                            .formatted(wanted, engine.getVersion(), gpus));
        }
        return Device.gpu(index);
    }

    /** The device as an experiment file names it. */
    public static String name(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    /**
     * Computes something small through the kernels.
     *
     * @throws IllegalStateException if the result is wrong
     */
    public static void check() {
        try (NDManager manager = Torch.newManager(choose("auto"));
                TorchKernels kernels = TorchKernels.load()) {
            NDArray x = manager.create(new float[] {1, 2}, new Shape(1, 2));
            float product = kernels.linear(x, manager.create(new float[] {3, 4}, new Shape(1, 2)))
                    .getFloat();
            if (product != 11) {
                throw new IllegalStateException("1 * 3 + 2 * 4 came out as %s".formatted(product));
            }
        }
    }
}
