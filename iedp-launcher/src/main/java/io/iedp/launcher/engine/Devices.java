package io.iedp.launcher.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.iedp.api.UserException;
import io.iedp.nn.Torch;

/** Chooses where to compute. */
final class Devices {
    private Devices() {}

    /**
     * @param wanted {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
     * @throws UserException if there is no such device
     */
    static Device choose(String wanted) {
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
}
