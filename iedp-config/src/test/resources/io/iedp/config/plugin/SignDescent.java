package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.OptimizerContext;
import io.iedp.api.optim.OptimizerFactory;
import io.iedp.api.optim.OptimizerKernels;
import io.iedp.api.optim.ParameterStep;
import io.iedp.api.optim.Schedule;
import io.iedp.api.optim.ScheduleContext;
import io.iedp.api.optim.ScheduleFactory;
import java.util.List;
import java.util.Map;

/** An optimizer that moves every weight by the learning rate against the sign of its gradient, and a schedule. */
@ApiVersion(ApiVersion.CURRENT)
public final class SignDescent implements IedpPlugin, OptimizerFactory<SignDescent.Config> {
    public record Config(@Doc("Factor of every step.") @Default("1") double length) {}

    public record Nothing() {}

    public List<OptimizerFactory<?>> optimizers() { return List.of(this); }
    public List<ScheduleFactory<?>> schedules() { return List.of(new Halves()); }
    public String type() { return "acme/sign-descent"; }
    public String description() { return "Goes against signs."; }
    public Class<Config> configuration() { return Config.class; }

    public Optimizer create(Config config, OptimizerContext context) {
        OptimizerKernels kernels = context.kernels();
        return new Optimizer() {
            public Map<String, Shape> state(Shape parameter) {
                return Map.of("length", parameter, "count", new Shape());
            }

            public void step(ParameterStep step) {
                step.state("count").forEach(count -> count.addi(1));
                kernels.scale(step.state("length"), 0);
                kernels.add(step.state("length"), step.gradients().stream().map(NDArray::sign).toList(), config.length());
                kernels.add(step.parameters(), step.state("length"), -step.learningRate());
            }
        };
    }

    /** Half of what it was after each step. */
    private static final class Halves implements ScheduleFactory<Nothing> {
        public String type() { return "acme/halves"; }
        public String description() { return "Halves."; }
        public Class<Nothing> configuration() { return Nothing.class; }
        public Schedule create(Nothing nothing, ScheduleContext context) { return step -> Math.pow(0.5, step); }
    }
}
