package ${package};

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.StepReport;
import java.util.Locale;
import java.util.Map;

/** Tells of the lowest loss so far. A step that was skipped has none. */
final class ${className} implements Hook {
    private final ${className}Config configuration;
    private final HookContext context;
    private double lowest = Double.POSITIVE_INFINITY;
    private int at;

    ${className}(${className}Config configuration, HookContext context) {
        this.configuration = configuration;
        this.context = context;
    }

    @Override
    public void afterStep(StepReport step) {
        if (step.loss() < lowest) {
            lowest = step.loss();
            at = step.step();
        }
        if (step.step() % configuration.every() == 0 && at > 0) {
            context.say(String.format(Locale.ROOT, "The lowest loss so far is %.4f, of step %d", lowest, at));
        }
    }

    /** What a run that was interrupted goes on with. */
    @Override
    public Map<String, String> state() {
        return Map.of("lowest", Double.toString(lowest), "at", Integer.toString(at));
    }

    @Override
    public void restore(Map<String, String> state) {
        lowest = Double.parseDouble(state.get("lowest"));
        at = Integer.parseInt(state.get("at"));
    }
}
