package io.iedp.verify.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.config.ComponentBinder;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment.BatchStatistics;
import io.iedp.config.experiment.Experiment.Training;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.engine.training.LearningRate;
import io.iedp.nn.ConfigFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One schedule with settings as diffusers or PyTorch have them. Theirs begin where the warm-up ends, while ours begin with it:
 * so the warm-up is ours at the peak, and after it ours runs over the steps that are left. The warm-up begins at 0 there, and
 * here at a millionth of the peak, which is within the tolerance.
 */
record RecordedSchedule(Catalog catalog, Component schedule, ConfigFile settings) {
    private static final int STEPS = 100;

    static RecordedSchedule of(Catalog catalog, ConfigFile settings) {
        Component schedule = switch (settings.string("name")) {
            case "constant_with_warmup" -> bind(catalog, "constant");
            case "cosine" -> bind(catalog, "cosine");
            case "linear" -> bind(catalog, "poly");
            case "cosine_with_restarts" -> bind(catalog, "cosine", "cycles=" + settings.integer("num_cycles"));
            case "polynomial" -> bind(catalog, "poly", "power=" + settings.number("power", 1));
            case "onecycle" ->
                bind(
                        catalog,
                        "torch-one-cycle",
                        "pct-start=" + settings.number("pct_start", 0.3),
                        "div-factor=" + settings.number("div_factor", 25),
                        "final-div-factor=" + settings.number("final_div_factor", 1e4));
            default -> throw settings.wrong("there is no such schedule as 'name' says");
        };
        return new RecordedSchedule(catalog, schedule, settings);
    }

    private static Component bind(Catalog catalog, String type, String... keys) {
        return ComponentBinder.bind(catalog, Kind.SCHEDULE, type, List.of(keys));
    }

    /** What comes of it, by names that lack the schedule's. */
    Map<String, NDArray> run(NDManager manager) {
        double peak = settings.number("lr", 1);
        int steps = settings.integer("total", STEPS);
        int warmup = settings.integer("warmup", 0);
        LearningRate rising = rate(bind(catalog, "constant"), steps, warmup);
        LearningRate after = rate(schedule, steps - warmup, 0);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put(
                "lr",
                array(manager, steps, step -> (step < warmup ? rising.at(step) : after.at(step - warmup)) / peak));
        if (after.momentum(0).isPresent()) {
            computed.put(
                    "beta1", array(manager, steps, step -> after.momentum(step).orElseThrow()));
        }
        return computed;
    }

    private LearningRate rate(Component chosen, int steps, int warmup) {
        Component optimizer = ComponentBinder.bind(catalog, Kind.OPTIMIZER, "adamw", List.of());
        return new LearningRate(new Training(
                steps,
                1,
                1,
                settings.number("lr", 1),
                0,
                optimizer,
                chosen,
                settings.number("lr_end", 0),
                warmup,
                0,
                0,
                1,
                BatchStatistics.JOINT,
                List.of(),
                1));
    }

    private static NDArray array(NDManager manager, int steps, IntToDoubleFunction value) {
        double[] values = IntStream.range(0, steps).mapToDouble(value).toArray();
        float[] floats = new float[steps];
        for (int i = 0; i < steps; i++) {
            floats[i] = (float) values[i];
        }
        return manager.create(floats);
    }
}
