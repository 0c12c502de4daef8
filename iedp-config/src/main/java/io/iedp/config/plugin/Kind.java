package io.iedp.config.plugin;

import io.iedp.api.ComponentFactory;
import io.iedp.api.IedpPlugin;
import java.util.List;
import java.util.function.Function;

/** The kinds of component that plugins add, and commands. */
public enum Kind {
    BACKBONE("backbone", IedpPlugin::backbones),
    GUIDANCE("guidance", IedpPlugin::guidance),
    HEAD("head", IedpPlugin::heads),
    TASK("task", IedpPlugin::tasks),
    DATASET("dataset", IedpPlugin::datasets),
    TRANSFORM("transform", IedpPlugin::transforms),
    OBJECTIVE("objective", IedpPlugin::objectives),
    HOOK("hook", IedpPlugin::hooks),
    OPTIMIZER("optimizer", IedpPlugin::optimizers),
    SCHEDULE("schedule", IedpPlugin::schedules),
    COMMAND("command", IedpPlugin::commands);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // method references
    private final Function<IedpPlugin, List<? extends ComponentFactory<?, ?, ?>>> factories;

    Kind(String label, Function<IedpPlugin, List<? extends ComponentFactory<?, ?, ?>>> factories) {
        this.label = label;
        this.factories = factories;
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
