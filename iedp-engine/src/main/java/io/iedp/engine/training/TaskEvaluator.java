package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.hook.Example;
import io.iedp.api.task.MetricReport;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.Prefetch;
import io.iedp.engine.data.SameSizeBatches;
import io.iedp.engine.data.Samples;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Inference;
import io.iedp.engine.model.TaskBaselines;
import io.iedp.engine.model.TaskHeads;
import io.iedp.engine.model.TaskMetrics;
import io.iedp.engine.model.TaskPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Measures a model on the validation samples, at their own size. All of it ends with a {@link StoppedException} soon after it
 * is asked to.
 */
final class Evaluator {
    private static final int BATCH = 8;

    private final Experiment experiment;
    private final Inference model;
    private final TaskHeads tasks;
    private final TrainingData data;

    Evaluator(Assembly assembly, TrainingData data) {
        this.experiment = data.experiment();
        this.model = assembly.predictions();
        this.tasks = assembly.tasks();
        this.data = data;
    }

    MetricReport evaluate(Limit limit, StopSignal stop) {
        TaskMetrics metrics = tasks.metrics();
        forEach(data.val(), limit, stop, batch -> measure(batch, metrics));
        return metrics.report();
    }

    /** The metrics of the prediction that needs no model, if the task has one. */
    Optional<Measured> baseline(Limit limit, StopSignal stop) {
        return tasks.baseline().map(baseline -> {
            forEach(data.train(), limit, stop, batch -> batch.forEach(sample -> baseline.observe(tasks.truth(sample))));
            return new Measured(baseline.name(), measure(baseline, limit, stop));
        });
    }

    /** Validation samples, evenly spread over the data set, with their predictions as pictures. */
    List<Example> examples(int count, StopSignal stop) {
        int size = data.val().size();
        int shown = Math.min(count, size);
        TaskPictures pictures = tasks.pictures();
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            stop.check();
            Sample sample = data.val().get((int) ((long) i * size / shown));
            Map<String, Raster> prediction = model.predict(List.of(sample)).get(0);
            examples.add(new Example(
                    sample.name(), sample.image(), pictures.draw(tasks.truth(sample)), pictures.draw(prediction)));
        }
        return examples;
    }

    private void measure(List<Sample> batch, TaskMetrics metrics) {
        List<Map<String, Raster>> predictions = model.predict(batch);
        for (int i = 0; i < batch.size(); i++) {
            metrics.update(predictions.get(i), tasks.truth(batch.get(i)));
        }
    }

    private MetricReport measure(TaskBaselines baseline, Limit limit, StopSignal stop) {
        TaskMetrics metrics = tasks.metrics();
        forEach(
                data.val(),
                limit,
                stop,
                batch -> batch.forEach(sample -> {
                    RgbImage image = sample.image();
                    metrics.update(baseline.predict(image.width(), image.height()), tasks.truth(sample));
                }));
        return metrics.report();
    }

    /**
     * Visits the samples in their order, in batches of one size, while worker threads read a few ahead.
     *
     * @throws UserException if all are passed over
     * @throws StoppedException between two batches, if all is to end
     */
    private void forEach(Samples samples, Limit limit, StopSignal stop, Consumer<List<Sample>> visitor) {
        ExecutorService workers =
                BatchLoader.workerThreads("data", experiment.data().workers());
        int visited = 0;
        try {
            int ahead = BATCH * Math.min(4, limit.most());
            SameSizeBatches batches =
                    new SameSizeBatches(Prefetch.inOrder(workers, samples.size(), ahead, samples::find), BATCH);
            while (visited < limit.most() && batches.hasNext()) {
                stop.check();
                visitor.accept(batches.next());
                visited++;
            }
        } finally {
            workers.shutdownNow();
        }
        if (visited == 0) {
            throw new UserException(
                    "None of %s samples of %s can be read; the log says why".formatted(samples.size(), samples.part()));
        }
    }
}
