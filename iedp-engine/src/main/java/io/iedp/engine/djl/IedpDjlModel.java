package io.iedp.engine.djl;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import io.iedp.api.UserException;
import io.iedp.engine.IedpModel;
import io.iedp.engine.ModelOptions;
import io.iedp.nn.TorchRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A trained run as DJL's model. Its options are {@code best}, for the best weights, and {@code plugins}, a folder. */
final class IedpDjlModel extends BaseModel {
    private final Optional<Device> device;
    private IedpModel model;

    /**
     * @param device null for what the experiment says
     */
    IedpDjlModel(String name, Device device) {
        super(name);
        this.device = Optional.ofNullable(device);
        this.manager = TorchRuntime.get().newManager(device == null ? Device.cpu() : device);
        this.manager.setName("iedp model");
    }

    @Override
    public void load(Path run, String prefix, Map<String, ?> options) throws MalformedModelException {
        setModelDir(run);
        Map<String, ?> given = options == null ? Map.of() : options;
        try {
            ModelOptions wanted = ModelOptions.run(run);
            if (Boolean.parseBoolean(String.valueOf(given.get("best")))) {
                wanted = wanted.best();
            }
            if (given.get("plugins") instanceof String folder) {
                wanted = wanted.plugins(Path.of(folder));
            }
            if (device.isPresent()) {
                wanted = wanted.device(
                        device.get().isGpu() ? "gpu:" + device.get().getDeviceId() : "cpu");
            }
            model = wanted.open();
            wasLoaded = true;
        } catch (UserException e) {
            throw new MalformedModelException(e.getMessage(), e);
        }
    }

    IedpModel model() {
        return model;
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
        super.close();
    }
}
