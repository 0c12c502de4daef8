package io.iedp.hooks;

import io.iedp.api.hook.Evaluation;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.task.Goal;
import java.util.Locale;
import java.util.Map;

/** Ends training after some evaluations in a row that were no better than the best before. */
final class EarlyStopping implements Hook {
    private final EarlyStoppingConfig configuration;
    private final HookContext context;
    private double best = Double.NaN;
    private int without;

    EarlyStopping(EarlyStoppingConfig configuration, HookContext context) {
        this.configuration = configuration;
        this.context = context;
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        Goal goal = context.goal();
        double value = evaluation.metrics().values().getOrDefault(goal.metric(), Double.NaN);
        double wanted = best + (goal.higherIsBetter() ? configuration.margin() : -configuration.margin());
        if (!Double.isNaN(value) && (Double.isNaN(best) || goal.better(value, wanted))) {
            best = value;
            without = 0;
            return;
        }
        without++;
        if (without >= configuration.patience()) {
            context.stop(String.format(
                    Locale.ROOT,
                    "%d evaluations in a row have not made %s better than %.4f",
                    without,
                    goal.metric(),
                    best));
        }
    }

    @Override
    public Map<String, String> state() {
        return Map.of("best", Double.toString(best), "without", Integer.toString(without));
    }

    @Override
    public void restore(Map<String, String> state) {
        best = Double.parseDouble(state.get("best"));
        without = Integer.parseInt(state.get("without"));
    }
}
