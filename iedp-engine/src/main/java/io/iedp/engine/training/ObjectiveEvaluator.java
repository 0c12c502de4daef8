package io.iedp.engine.training;

import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.hook.Example;
import io.iedp.api.objective.ObjectiveMetrics;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.engine.data.HostBatch;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.ObjectiveModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures what an objective trains. */
final class ObjectiveEvaluator implements Evaluator {
    private final ObjectiveModel model;
    private final TrainingData data;

    ObjectiveEvaluator(ObjectiveModel model, TrainingData data) {
        this.model = model;
        this.data = data;
    }

    @Override
    public Goal goal() {
        return model.objective().goal();
    }

    @Override
    public List<LegendEntry> legend() {
        return List.of();
    }

    @Override
    public MetricReport evaluate(Limit limit, StopSignal stop) {
        ObjectiveMetrics metrics = model.objective().metrics();
        new ValidationBatches(data)
                .forEach(
                        data.val(),
                        limit,
                        stop,
                        samples -> onDevice(samples, batch -> metrics.update(batch, model.encode(batch))));
        return metrics.report();
    }

    @Override
    public Optional<Measured> baseline(Limit limit, StopSignal stop) {
        return Optional.empty();
    }

    @Override
    public List<Example> examples(int count, StopSignal stop) {
        List<Example> examples = new ArrayList<>();
        ValidationBatches.forSome(
                data.val(),
                count,
                stop,
                sample -> onDevice(List.of(sample), batch -> {
                    for (RgbImage picture : model.objective().pictures(batch, model.encode(batch))) {
                        examples.add(new Example(sample.name(), sample.image(), sample.image(), picture));
                    }
                }));
        return examples;
    }

    private void onDevice(List<Sample> samples, Consumer<Batch> work) {
        HostBatch.of(samples).infer(model.weights(), work);
    }
}
