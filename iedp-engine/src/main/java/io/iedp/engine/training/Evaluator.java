package io.iedp.engine.training;

import io.iedp.api.hook.Example;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.ObjectiveModel;
import io.iedp.engine.model.TrainedModel;
import java.util.List;
import java.util.Optional;

/** Measures a model on the validation samples. All of it ends with a {@link StoppedException} soon after it is asked to. */
interface Evaluator {
    static Evaluator of(TrainedModel model, TrainingData data) {
        return model instanceof Assembly assembly
                ? new TaskEvaluator(assembly, data)
                : new ObjectiveEvaluator((ObjectiveModel) model, data);
    }

    /** The metric that decides which weights are best. */
    Goal goal();

    /** What the colours of {@link #examples} mean. */
    List<LegendEntry> legend();

    MetricReport evaluate(Limit limit, StopSignal stop);

    /** The metrics of the prediction that needs no model, if there is one. */
    Optional<Measured> baseline(Limit limit, StopSignal stop);

    /** Validation samples, evenly spread over the data set, with what the model makes of them as pictures. */
    List<Example> examples(int count, StopSignal stop);
}
