package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;
import java.util.List;

/** One linear layer on the finest features. */
@ApiVersion(ApiVersion.CURRENT)
public final class LinearProbe implements IedpPlugin, HeadFactory<LinearProbe.Config> {
    public record Config(@Doc("Standard deviation of the first weights.") @Default("0.01") double spread) {}

    public List<HeadFactory<?>> heads() { return List.of(this); }
    public String type() { return "acme/linear-probe"; }
    public String description() { return "One linear layer on the finest features."; }
    public Class<Config> configuration() { return Config.class; }

    public Head create(Config config, HeadContext context) {
        Shape shape = new Shape(context.outputs(), context.levels().get(0).channels(), 1, 1);
        NDArray weight = context.weights().parameter("weight", shape, new NormalInitializer((float) config.spread()));
        return (features, training) -> context.kernels().conv2d(features.levels().get(0), weight, 1, 0);
    }
}
