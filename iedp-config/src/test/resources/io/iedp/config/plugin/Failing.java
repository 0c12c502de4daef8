package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A head that stops working after some training steps. */
@ApiVersion(ApiVersion.CURRENT)
public final class Failing implements IedpPlugin, HeadFactory<Failing.Config> {
    public enum How { DIVERGE, THROW }

    public record Config(@Doc("What goes wrong.") How how, @Doc("Steps before that.") @Default("2") int after) {}

    public List<HeadFactory<?>> heads() { return List.of(this); }
    public String type() { return "acme/failing"; }
    public String description() { return "Fails."; }
    public Class<Config> configuration() { return Config.class; }

    public Head create(Config config, HeadContext context) {
        Shape shape = new Shape(context.outputs(), context.levels().get(0).channels(), 1, 1);
        NDArray weight = context.weights().parameter("weight", shape, Initializer.ONES);
        AtomicInteger steps = new AtomicInteger();
        return (features, training) -> {
            boolean fails = training && steps.incrementAndGet() > config.after();
            if (fails && config.how() == How.THROW) {
                throw new IllegalStateException("the probe broke");
            }
            NDArray output = context.kernels().conv2d(features.levels().get(0), weight, 1, 0);
            return fails ? output.mul(Float.NaN) : output;
        };
    }
}
