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
import io.iedp.config.experiment.ModelSpec;
import io.iedp.nn.Bfloat16Products;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Binds the model that an experiment chose: each component is made once, by its factory. */
final class ModelModule extends AbstractModule {
    private final ModelSpec spec;
    private final DatasetInfo info;
    private final Experiment.BatchStatistics statistics;
    private final Optional<EncodingCache> cache;
    private final ModelWatch decorator;
    private final boolean blank;
    private final List<AutoCloseable> made = new ArrayList<>();

    private ModelModule(
            ModelSpec spec,
            DatasetInfo info,
            Experiment.BatchStatistics statistics,
            Optional<EncodingCache> cache,
            ModelWatch decorator,
            boolean blank) {
        this.spec = spec;
        this.info = info;
        this.statistics = statistics;
        this.cache = cache;
        this.decorator = decorator;
        this.blank = blank;
    }

    /** A model that trains as the experiment says. */
    static ModelModule of(Experiment experiment, DatasetInfo info) {
        return new ModelModule(
                experiment.model(),
                info,
                experiment.training().batchStatistics(),
                Optional.empty(),
                kernels -> kernels,
                false);
    }

    /** A model that predicts, once its weights are filled: those that come from no file are not drawn. */
    static ModelModule of(ModelSpec spec, DatasetInfo info) {
        return new ModelModule(
                spec, info, Experiment.BatchStatistics.JOINT, Optional.empty(), kernels -> kernels, true);
    }

    /** A model that predicts with the weights that its components begin with. */
    static ModelModule drawn(ModelSpec spec, DatasetInfo info) {
        return new ModelModule(
                spec, info, Experiment.BatchStatistics.JOINT, Optional.empty(), kernels -> kernels, false);
    }

    ModelModule on(String device) {
        return new ModelModule(spec.on(device), info, statistics, cache, decorator, blank);
    }

    /** With frozen encoders that look into the cache first, if there is one. */
    ModelModule withCache(Optional<EncodingCache> kept) {
        return new ModelModule(spec, info, statistics, kept, decorator, blank);
    }

    /**
     * @param watcher stands between the components and the kernels
     */
    ModelModule decorated(ModelWatch watcher) {
        return new ModelModule(spec, info, statistics, cache, watcher, blank);
    }

    /** Frees what was made for a model that then could not be. */
    void release() {
        for (AutoCloseable each : made) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
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
        bind(ModelSpec.class).toInstance(spec);
        bind(Experiment.BatchStatistics.class).toInstance(statistics);
        bind(Assembly.class).in(Singleton.class);
        bind(PerceptionModel.class).in(Singleton.class);
        bind(Inference.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    NDManager manager() {
        NDManager manager = TorchRuntime.get().newManager(Devices.choose(spec.device()));
        made.add(manager);
        return manager;
    }

    @Provides
    @Singleton
    TorchKernels torch() {
        TorchKernels torch = TorchKernels.load();
        made.add(0, torch);
        return torch;
    }

    @Provides
    @Singleton
    Kernels kernels(TorchKernels torch) {
        return decorator.kernels(torch);
    }

    @Provides
    @Singleton
    ModelWeights weights(NDManager manager) {
        return blank ? ModelWeights.blank(manager) : new ModelWeights(manager, spec.seed());
    }

    @Provides
    @Singleton
    Optional<EncodingCache> cache() {
        return cache;
    }

    @Provides
    @Singleton
    Backbone backbone(Kernels kernels, TorchKernels torch, ModelWeights weights, Optional<EncodingCache> cache) {
        Backbone backbone = spec.backbone()
                .create(new Context(
                        lowered(kernels, torch), decorator.weights(weights.scope("backbone")), seed("backbone")));
        return cache.map(kept -> CachedEncoders.of(backbone, kept, spec.backbone(), weights, torch))
                .orElse(backbone);
    }

    @Provides
    @Singleton
    Map<String, GuidanceBranch> branches(
            Kernels kernels,
            TorchKernels torch,
            ModelWeights weights,
            Backbone backbone,
            Optional<EncodingCache> cache) {
        Kernels lowered = lowered(kernels, torch);
        Map<String, GuidanceBranch> branches = new LinkedHashMap<>();
        spec.guidance().forEach((name, component) -> {
            String scope = "guidance." + name;
            Guidance context = new Guidance(
                    lowered, decorator.weights(weights.scope(scope)), seed(scope), backbone.contextWidth(), info);
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
                                    .map(branch -> "%s gives %s"
                                            .formatted(
                                                    branch.getKey(),
                                                    branch.getValue().tokens()))
                                    .collect(Collectors.joining(", "))));
        }
        return branches;
    }

    @Provides
    @Singleton
    TaskHeads tasks(Kernels kernels, ModelWeights weights, Backbone backbone, Map<String, GuidanceBranch> branches) {
        int tokens = branches.values().iterator().next().tokens();
        List<TaskHead> heads = new ArrayList<>();
        BiFunction<String, Experiment.FurtherTask, TaskHead> make = (name, chosen) -> {
            String scope = name.isEmpty() ? "head" : "heads." + name;
            Task task = chosen.task().create(new ForTask(kernels, info));
            Head head = chosen.head()
                    .create(new ForHead(
                            kernels,
                            decorator.weights(weights.scope(scope)),
                            seed(scope),
                            backbone.levels(),
                            tokens,
                            task.objective().outputs()));
            return new TaskHead(name, head, task, chosen.weight());
        };
        heads.add(make.apply("", new Experiment.FurtherTask(spec.head(), spec.task(), 1)));
        spec.moreTasks().forEach((name, chosen) -> heads.add(make.apply(name, chosen)));
        return new TaskHeads(heads);
    }

    /** The kernels of what is computed with the experiment's precision: all but heads, whose results are measured. */
    private Kernels lowered(Kernels kernels, TorchKernels torch) {
        return spec.precision() == Experiment.Precision.BF16 ? Bfloat16Products.of(kernels, torch) : kernels;
    }

    private long seed(String component) {
        return spec.seed() * 31 + component.hashCode();
    }
}
