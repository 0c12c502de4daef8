package io.iedp.engine;

import io.iedp.config.Loaded;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Checkpoint;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.run.ServingProperties;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a training of the micro experiment leaves, with the weights that it began with. */
public final class MicroRun {
    private MicroRun() {}

    /**
     * @param settings {@code key.path=value} each
     */
    public static Path write(Path folder, String... settings) throws IOException {
        Loaded loaded = MicroExperiment.load(settings);
        RunFolder run = new RunFolder(Files.createDirectories(folder));
        Experiment experiment = loaded.experiment();
        try (TrainingData data = TrainingData.open(experiment);
                Assembly assembly = Assembly.of(experiment, data.train().info())) {
            Files.writeString(run.experiment(), loaded.resolvedYaml());
            Files.writeString(run.data(), DataDescription.write(data.train().info(), data.sampleSize()));
            Files.writeString(run.serving(), ServingProperties.TEXT);
            SafeTensorsWriter.write(run.checkpoint(), Checkpoint.arrays(assembly.weights()), Map.of());
        }
        return run.path();
    }
}
