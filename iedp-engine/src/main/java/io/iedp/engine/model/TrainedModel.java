package io.iedp.engine.model;

import io.iedp.api.UserException;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Task;
import io.iedp.config.experiment.Experiment;
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
            Checkpoint.restore(checkpoint, assembly.weights(), assembly.kernels());
            assembly.lower(parameter -> true);
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
        return new TrainedModel(assembly);
    }

    /**
     * The prediction for a picture of any size.
     *
     * @param sample with the texts that its guidance asks for
     */
    public Raster predict(Sample sample) {
        if (assembly.model().needsTruth()) {
            throw new UserException(
                    "The guidance of this run is an oracle: it makes its embeddings from the ground truth, "
                            + "which a picture alone does not have. The run can be measured (iedp eval), but not predict.");
        }
        return assembly.predictions().predict(List.of(sample)).get(0);
    }

    /** Draws, and writes, what it predicts. */
    public Task task() {
        return assembly.task();
    }

    @Override
    public void close() {
        assembly.close();
    }
}
