package io.iedp.config.plugin;

import io.iedp.api.ComponentFactory;
import io.iedp.api.IedpPlugin;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.command.Command;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Transform;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.head.Head;
import io.iedp.api.hook.Hook;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.Schedule;
import io.iedp.api.task.Task;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of component that plugins add, and commands. */
public enum Kind {
    BACKBONE("backbone", Backbone.class, IedpPlugin::backbones),
    GUIDANCE("guidance", GuidanceBranch.class, IedpPlugin::guidance),
    HEAD("head", Head.class, IedpPlugin::heads),
    TASK("task", Task.class, IedpPlugin::tasks),
    LOSS("loss", PixelLoss.class, IedpPlugin::losses),
    DATASET("dataset", Dataset.class, IedpPlugin::datasets),
    TRANSFORM("transform", Transform.class, IedpPlugin::transforms),
    OBJECTIVE("objective", TrainingObjective.class, IedpPlugin::objectives),
    OPTIMIZER("optimizer", Optimizer.class, IedpPlugin::optimizers),
    SCHEDULE("schedule", Schedule.class, IedpPlugin::schedules),
    HOOK("hook", Hook.class, IedpPlugin::hooks),
    COMMAND("command", Command.class, IedpPlugin::commands);

    private final String label;
    private final Class<?> component;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<IedpPlugin, List<? extends ComponentFactory<?, ?, ?>>> factories;

    Kind(String label, Class<?> component, Function<IedpPlugin, List<? extends ComponentFactory<?, ?, ?>>> factories) {
        this.label = label;
        this.component = component;
        this.factories = factories;
    }

    /** The kind whose factories make that. */
    public static Optional<Kind> making(Type component) {
        return Arrays.stream(values())
                .filter(kind -> kind.component.equals(component))
                .findFirst();
    }

    /** The word that messages and the command line use. */
    public String label() {
        return label;
    }

    /** What a plugin has of this kind. */
    public List<? extends ComponentFactory<?, ?, ?>> of(IedpPlugin plugin) {
        return factories.apply(plugin);
    }
}
