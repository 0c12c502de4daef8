package io.iedp.engine.training;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.hook.Example;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
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
import java.util.function.Consumer;

/** Measures what a model predicts. */
final class TaskEvaluator implements Evaluator {
    private final Inference model;
    private final TaskHeads tasks;
    private final TrainingData data;

    TaskEvaluator(Assembly assembly, TrainingData data) {
        this.model = assembly.predictions();
        this.tasks = assembly.tasks();
        this.data = data;
    }

    @Override
    public Goal goal() {
        return tasks.goal();
    }

    @Override
    public List<LegendEntry> legend() {
        return tasks.pictures().legend();
    }

    @Override
    public MetricReport evaluate(Limit limit, StopSignal stop) {
        TaskMetrics metrics = tasks.metrics();
        forEach(data.val(), limit, stop, batch -> measure(model, tasks, batch, metrics));
        return metrics.report();
    }

    @Override
    public Optional<Measured> baseline(Limit limit, StopSignal stop) {
        return tasks.baseline().map(baseline -> {
            forEach(data.train(), limit, stop, batch -> batch.forEach(sample -> baseline.observe(tasks.truth(sample))));
            return new Measured(baseline.name(), measure(baseline, limit, stop));
        });
    }

    @Override
    public List<Example> examples(int count, StopSignal stop) {
        TaskPictures pictures = tasks.pictures();
        List<Example> examples = new ArrayList<>();
        ValidationBatches.forSome(data.val(), count, stop, sample -> {
            Map<String, Raster> prediction = model.predict(List.of(sample)).get(0);
            examples.add(new Example(
                    sample.name(), sample.image(), pictures.draw(tasks.truth(sample)), pictures.draw(prediction)));
        });
        return examples;
    }

    /** Counts what a model predicts for samples of one size. */
    static void measure(Inference model, TaskHeads tasks, List<Sample> batch, TaskMetrics metrics) {
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

    private void forEach(Samples samples, Limit limit, StopSignal stop, Consumer<List<Sample>> visitor) {
        new ValidationBatches(data).forEach(samples, limit, stop, visitor);
    }
}
