package io.iedp.launcher.engine;

import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.Task;
import io.iedp.launcher.experiment.Experiment;
import io.iedp.nn.ModelWeights;
import java.nio.file.Path;
import java.util.List;

/** A model with the weights of a checkpoint; it needs none of the data that it was trained on. */
public final class TrainedModel implements AutoCloseable {
    private final Assembly assembly;

    private TrainedModel(Assembly assembly) {
        this.assembly = assembly;
    }

    /**
     * @param info of the data that it was trained on
     * @throws io.iedp.api.UserException if the checkpoint is missing or belongs to another model
     */
    public static TrainedModel load(Experiment experiment, DatasetInfo info, Path checkpoint) {
        Assembly assembly = Assembly.of(experiment, info);
        try {
            Checkpoint.restore(checkpoint, assembly.get(ModelWeights.class));
            assembly.lower(parameter -> true);
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
        return new TrainedModel(assembly);
    }

    /** The prediction for a picture of any size, over the picture. */
    public RgbImage overlay(RgbImage image) {
        Raster prediction =
                assembly.get(Predictions.class).predict(List.of(image)).get(0);
        return assembly.get(Task.class).overlay(image, prediction);
    }

    @Override
    public void close() {
        assembly.close();
    }
}
