package io.iedp.engine.bench;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.Augmentation;
import io.iedp.engine.data.Prefetch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Times how fast training samples are read and changed, without a model. */
public final class DataBenchmark {
    private DataBenchmark() {}

    /** Samples a second of one stage, with the number of threads that worked at once. */
    public record Row(String stage, int workers, int samples, double samplesPerSecond) {}

    /**
     * Reads samples with one thread and with as many as the experiment file says, without and with augmentation.
     * Everything is done once before, so that neither the disk nor the just-in-time compiler is measured.
     *
     * @param samples how many; after the last one of the data set comes the first again
     */
    public static List<Row> of(Experiment experiment, int samples) {
        Augmentation augmentation = Augmentation.of(experiment);
        try (Dataset dataset = experiment.data().train().create(DataSeed.ofTraining(experiment.seed()))) {
            IntFunction<Sample> read = index -> dataset.get(index % dataset.size());
            IntFunction<Sample> both = index -> augmentation.apply(read.apply(index), index);
            int workers = experiment.data().workers();
            seconds(workers, samples, both);
            List<Row> rows = new ArrayList<>();
            for (int threads : workers == 1 ? new int[] {1} : new int[] {1, workers}) {
                rows.add(new Row("read", threads, samples, samples / seconds(threads, samples, read)));
                rows.add(new Row("read and augment", threads, samples, samples / seconds(threads, samples, both)));
            }
            return rows;
        }
    }

    private static double seconds(int workers, int samples, IntFunction<Sample> make) {
        long start = System.nanoTime();
        Prefetch.forEach(workers, samples, make, sample -> {});
        return (System.nanoTime() - start) / 1e9;
    }
}
