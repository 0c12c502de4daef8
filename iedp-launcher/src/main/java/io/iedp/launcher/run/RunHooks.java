package io.iedp.launcher.run;

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.task.Goal;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.training.StopSignal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the hooks that an experiment file names. */
final class RunHooks {
    private RunHooks() {}

    private record Context(
            String name,
            Path folder,
            Goal goal,
            String configuration,
            Map<String, String> environment,
            StopSignal stop,
            Consumer<String> sayer)
            implements HookContext {
        @Override
        public void stop(String reason) {
            sayer.accept("Training ends early: " + reason);
            stop.finish(reason);
        }

        @Override
        public void say(String line) {
            sayer.accept(line);
        }
    }

    /** The hooks in their order, by type; a second one of a type has its number behind it. */
    static Map<String, Hook> create(
            Experiment experiment,
            RunFolder folder,
            Goal goal,
            String configuration,
            Map<String, String> environment,
            StopSignal stop,
            Consumer<String> say) {
        Context context = new Context(experiment.name(), folder.path(), goal, configuration, environment, stop, say);
        Map<String, Hook> hooks = new LinkedHashMap<>();
        for (Component component : experiment.hooks()) {
            String name = component.type();
            for (int number = 2; hooks.containsKey(name); number++) {
                name = component.type() + " " + number;
            }
            hooks.put(name, new PluginHook(component, component.create(context)));
        }
        return hooks;
    }
}
