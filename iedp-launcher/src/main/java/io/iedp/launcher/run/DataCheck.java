package io.iedp.launcher.run;

import io.iedp.api.data.Dataset;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.Augmentation;
import io.iedp.engine.data.SampleChecks;
import io.iedp.launcher.data.DatasetCheck;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Checks the data of an experiment. */
public final class DataCheck {
    private DataCheck() {}

    /**
     * Reads all samples that are trained and measured on.
     *
     * @throws io.iedp.api.UserException if a part cannot be opened at all
     */
    public static DatasetCheck.Findings of(Experiment experiment, Progress progress) {
        Experiment.Data data = experiment.data();
        try (Dataset train = data.train().create(DataSeed.ofTraining(experiment.seed()));
                Dataset val = data.val().create(DataSeed.ofValidation(experiment.seed()))) {
            SampleChecks checks = SampleChecks.of(experiment, train.info());
            Map<String, DatasetCheck.Part> parts = new LinkedHashMap<>();
            parts.put(
                    "data.train",
                    new DatasetCheck.Part(
                            train,
                            checks.training(),
                            experiment.training().batch() > 1
                                    ? Optional.of(Augmentation.of(experiment))
                                    : Optional.empty()));
            parts.put("data.val", new DatasetCheck.Part(val, checks.validation(), Optional.empty()));
            int workers = Math.max(data.workers(), Runtime.getRuntime().availableProcessors());
            return DatasetCheck.of(parts, workers, (done, of) -> progress.advanced("checking data", done, of));
        }
    }
}
