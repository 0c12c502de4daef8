package io.iedp.engine.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.config.experiment.Experiment;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chooses where to compute. */
public final class Devices {
    private Devices() {}

    /**
     * Where to compute, and, in training with several devices, what gathers their results.
     *
     * @param wanted as for {@link #all}
     * @throws UserException if there is no such device, or no device is called that
     */
    public static Device choose(String wanted) {
        return all(wanted).get(0);
    }

    /**
     * @param wanted {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N}, {@code gpus} for all of them, or several with
     *     commas
     * @throws UserException if one is not there, or no device is called that
     */
    public static List<Device> all(String wanted) {
        try {
            Experiment.requireDevice(wanted);
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage(), e);
        }
        int gpus = TorchRuntime.get().engine().getGpuCount();
        return Arrays.stream(wanted.split(","))
                .map(String::strip)
                .flatMap(each -> switch (each) {
                    case "gpus" -> IntStream.range(0, Math.max(1, gpus)).mapToObj(index -> gpu(index, gpus));
                    case "cpu" -> Stream.of(Device.cpu());
                    case "auto" -> Stream.of(gpus == 0 ? Device.cpu() : Device.gpu(0));
                    default -> Stream.of(gpu(each.equals("gpu") ? 0 : Integer.parseInt(each.substring(4)), gpus));
                })
                .toList();
    }

    private static Device gpu(int index, int gpus) {
        if (index >= gpus) {
            throw new UserException(
                    "device: gpu:%s is not there: libtorch %s sees %s GPU(s). 'iedp doctor' says what it found."
                            .formatted(index, TorchRuntime.get().engine().getVersion(), gpus));
        }
        return Device.gpu(index);
    }

    /** The devices as an experiment file names them. */
    public static String names(String wanted) {
        return all(wanted).stream().map(Devices::name).collect(Collectors.joining(", "));
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
        try (NDManager manager = TorchRuntime.get().newManager(choose("auto"));
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
