package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.hook.Example;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.Task;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.Prefetch;
import io.iedp.engine.data.SameSizeBatches;
import io.iedp.engine.data.Samples;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Measures a model on the validation samples, at their own size. */
final class Evaluator {
    private static final int BATCH = 8;

    private final Experiment experiment;
    private final Predictions model;
    private final Task task;
    private final TrainingData data;

    Evaluator(Assembly assembly, TrainingData data) {
        this.experiment = assembly.experiment();
        this.model = assembly.predictions();
        this.task = assembly.task();
        this.data = data;
    }

    MetricReport evaluate(Limit limit) {
        Metrics metrics = task.metrics();
        forEach(data.val(), limit, batch -> measure(batch, metrics));
        return metrics.report();
    }

    /** The metrics of the prediction that needs no model, if the task has one. */
    Optional<Measured> baseline(Limit limit) {
        return task.baseline().map(baseline -> {
            forEach(data.train(), limit, batch -> batch.forEach(sample -> baseline.observe(task.truth(sample))));
            return new Measured(baseline.name(), measure(baseline, limit));
        });
    }

    /** Validation samples, evenly spread over the data set, with their predictions as pictures. */
    List<Example> examples(int count) {
        int size = data.val().size();
        int shown = Math.min(count, size);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            Sample sample = data.val().get((int) ((long) i * size / shown));
            Raster prediction = model.predict(List.of(sample)).get(0);
            examples.add(
                    new Example(sample.name(), sample.image(), task.draw(task.truth(sample)), task.draw(prediction)));
        }
        return examples;
    }

    private void measure(List<Sample> batch, Metrics metrics) {
        List<Raster> predictions = model.predict(batch);
        for (int i = 0; i < batch.size(); i++) {
            metrics.update(predictions.get(i), task.truth(batch.get(i)));
        }
    }

    private MetricReport measure(Baseline baseline, Limit limit) {
        Metrics metrics = task.metrics();
        forEach(
                data.val(),
                limit,
                batch -> batch.forEach(sample -> {
                    Raster truth = task.truth(sample);
                    metrics.update(baseline.predict(truth.width(), truth.height()), truth);
                }));
        return metrics.report();
    }

    /**
     * Visits the samples in their order, in batches of one size, while worker threads read a few ahead.
     *
     * @throws UserException if all are passed over
     */
    private void forEach(Samples samples, Limit limit, Consumer<List<Sample>> visitor) {
        ExecutorService workers =
                BatchLoader.workerThreads("data", experiment.data().workers());
        int visited = 0;
        try {
            int ahead = BATCH * Math.min(4, limit.most());
            SameSizeBatches batches =
                    new SameSizeBatches(Prefetch.inOrder(workers, samples.size(), ahead, samples::find), BATCH);
            while (visited < limit.most() && batches.hasNext()) {
                visitor.accept(batches.next());
                visited++;
            }
        } finally {
            workers.shutdownNow();
        }
        if (visited == 0) {
            throw new UserException(
                    "None of %d samples of %s can be read; the log says why".formatted(samples.size(), samples.part()));
        }
    }
}
