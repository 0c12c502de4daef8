package io.iedp.engine.model;

import ai.djl.ndarray.NDManager;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.config.experiment.Experiment;
import io.iedp.nn.Bfloat16Products;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Binds the model that an experiment chose: each component is made once, by its factory. */
final class ModelModule extends AbstractModule {
    private final Experiment experiment;
    private final DatasetInfo info;
    private final NDManager manager;
    private final TorchKernels torch;
    private final Kernels kernels;
    private final Optional<EncodingCache> cache;

    /**
     * @param torch the kernels themselves
     * @param kernels what components get in their place
     * @param cache where frozen encoders look first, if there is one
     */
    ModelModule(
            Experiment experiment,
            DatasetInfo info,
            NDManager manager,
            TorchKernels torch,
            Kernels kernels,
            Optional<EncodingCache> cache) {
        this.experiment = experiment;
        this.info = info;
        this.manager = manager;
        this.torch = torch;
        this.kernels = kernels;
        this.cache = cache;
    }

    private record Context(Kernels kernels, Weights weights, long seed) implements BackboneContext {}

    private record Guidance(Kernels kernels, Weights weights, long seed, int contextWidth, DatasetInfo data)
            implements GuidanceContext {}

    private record ForHead(
            Kernels kernels, Weights weights, long seed, List<FeatureLevel> levels, int tokens, int outputs)
            implements HeadContext {}

    private record ForTask(Kernels kernels, DatasetInfo data) implements TaskContext {}

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        binder().requireExactBindingAnnotations();
        binder().disableCircularProxies();
        bind(Experiment.class).toInstance(experiment);
        bind(NDManager.class).toInstance(manager);
        bind(TorchKernels.class).toInstance(torch);
        bind(Kernels.class).toInstance(kernels);
        bind(Assembly.class).in(Singleton.class);
        bind(PerceptionModel.class).in(Singleton.class);
        bind(Predictions.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    ModelWeights weights() {
        return new ModelWeights(manager, experiment.seed());
    }

    @Provides
    @Singleton
    Optional<EncodingCache> cache() {
        return cache;
    }

    @Provides
    @Singleton
    Task task(Aim.All aims) {
        return aims.task();
    }

    @Provides
    @Singleton
    Backbone backbone(ModelWeights weights, Optional<EncodingCache> cache) {
        Backbone backbone =
                experiment.backbone().create(new Context(lowered(), weights.scope("backbone"), seed("backbone")));
        return cache.map(kept -> CachedEncoders.of(backbone, kept, experiment.backbone(), weights, torch))
                .orElse(backbone);
    }

    @Provides
    @Singleton
    Map<String, GuidanceBranch> branches(ModelWeights weights, Backbone backbone, Optional<EncodingCache> cache) {
        Kernels lowered = lowered();
        Map<String, GuidanceBranch> branches = new LinkedHashMap<>();
        experiment.guidance().forEach((name, component) -> {
            String scope = "guidance." + name;
            Guidance context = new Guidance(lowered, weights.scope(scope), seed(scope), backbone.contextWidth(), info);
            GuidanceBranch branch = component.create(context);
            branches.put(
                    name,
                    cache.map(kept -> CachedEncoders.of(name, branch, kept, component, info, weights, torch))
                            .orElse(branch));
        });
        if (branches.values().stream().map(GuidanceBranch::tokens).distinct().count() > 1) {
            throw new UserException(
                    "The guidance branches share one pass of the backbone and one head, so all must give as many tokens: %s"
                            .formatted(branches.entrySet().stream()
                                    .map(branch -> "%s gives %d"
                                            .formatted(
                                                    branch.getKey(),
                                                    branch.getValue().tokens()))
                                    .collect(Collectors.joining(", "))));
        }
        return branches;
    }

    @Provides
    @Singleton
    Aim.All aims(ModelWeights weights, Backbone backbone, Map<String, GuidanceBranch> branches) {
        int tokens = branches.values().iterator().next().tokens();
        List<Aim> aims = new ArrayList<>();
        BiFunction<String, Experiment.FurtherTask, Aim> make = (name, chosen) -> {
            String scope = name.isEmpty() ? "head" : "heads." + name;
            Task task = chosen.task().create(new ForTask(kernels, info));
            Head head = chosen.head()
                    .create(new ForHead(
                            kernels, weights.scope(scope), seed(scope), backbone.levels(), tokens, task.outputs()));
            return new Aim(name, head, task, chosen.weight());
        };
        aims.add(make.apply("", new Experiment.FurtherTask(experiment.head(), experiment.task(), 1)));
        experiment.moreTasks().forEach((name, chosen) -> aims.add(make.apply(name, chosen)));
        return new Aim.All(aims);
    }

    /** The kernels of what is computed with the experiment's precision: all but heads, whose results are measured. */
    private Kernels lowered() {
        return experiment.precision() == Experiment.Precision.BF16 ? Bfloat16Products.of(kernels, torch) : kernels;
    }

    private long seed(String component) {
        return experiment.seed() * 31 + component.hashCode();
    }
}
