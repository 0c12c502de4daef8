package io.iedp.launcher.engine;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Transform;
import io.iedp.launcher.experiment.Component;
import io.iedp.launcher.experiment.DataSeed;
import io.iedp.launcher.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;

/** The samples of a run: what is trained on, what is measured on, and what happens to them before. */
record TrainingData(Experiment experiment, Dataset train, Dataset val, List<Transform> augment)
        implements AutoCloseable {
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

    /**
     * Opens both data sets, each with a seed of its own.
     *
     * @throws UserException if the data is missing or contradicts itself
     */
    static TrainingData open(Experiment experiment) {
        Experiment.Data data = experiment.data();
        DataSeed context = DataSeed.ofTraining(experiment.seed());
        Dataset train = data.train().create(context);
        Dataset val = data.val().create(DataSeed.ofValidation(experiment.seed()));
        List<Transform> augment = new ArrayList<>();
        for (Component transform : data.augment()) {
            augment.add(transform.create(context));
        }
        return new TrainingData(experiment, train, val, augment);
    }

    @Override
    public void close() {
        train.close();
        val.close();
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
