package io.iedp.launcher.engine;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Transform;
import io.iedp.launcher.experiment.Experiment;
import java.util.List;

/** The samples of a run: what is trained on, what is measured on, and what happens to them before. */
record TrainingData(Experiment experiment, Dataset train, Dataset val, List<Transform> augment) {
    TrainingData {
        augment = List.copyOf(augment);
        if (train.size() == 0 || val.size() == 0) {
            throw new UserException("%s has no samples".formatted(train.size() == 0 ? "data.train" : "data.val"));
        }
        if (!train.info().classNames().equals(val.info().classNames())) {
            throw new UserException("data.train and data.val have different classes: %s and %s"
                    .formatted(train.info().classNames(), val.info().classNames()));
        }
    }

    BatchLoader batches(long steps) {
        return new BatchLoader(
                train,
                augment,
                experiment.training().batch(),
                experiment.seed(),
                experiment.data().workers(),
                steps);
    }
}
