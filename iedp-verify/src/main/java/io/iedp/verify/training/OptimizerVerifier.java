package io.iedp.verify.training;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import io.iedp.config.plugin.Catalog;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.TorchKernels;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Cases of PyTorch's optimizers and Lion on gradients that are given, of diffusers' and PyTorch's schedules, and of diffusers'
 * average of weights. Of the averages, only those of one rule are computed: the others rise in a way that IEDP has not.
 */
public final class OptimizerVerifier implements Verifier {
    private static final String AVERAGE = "ema_";
    private static final String PLAIN = ".plain";

    private final Catalog catalog;

    public OptimizerVerifier(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String kind() {
        return "optimizer";
    }

    @Override
    public Map<String, NDArray> expected(RecordedCase recorded) {
        Map<String, NDArray> expected = new LinkedHashMap<>(recorded.expected());
        expected.keySet().removeIf(name -> name.startsWith(AVERAGE) && !name.endsWith(PLAIN));
        return expected;
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        ConfigFile meta = new ConfigFile(
                new Gson().toJsonTree(recorded.meta()).getAsJsonObject(),
                recorded.folder().resolve("meta.json").toString());
        try (TorchKernels kernels = TorchKernels.load()) {
            each(
                    meta.section("optimizers"),
                    (name, settings) -> RecordedOptimizer.of(catalog, settings, kernels)
                            .run(recorded)
                            .forEach((what, array) -> computed.put(what.formatted(name), array)));
            new RecordedAverage(recorded, kernels).run().forEach((what, array) -> computed.put(what + PLAIN, array));
        }
        each(
                meta.section("schedules"),
                (name, settings) -> RecordedSchedule.of(catalog, settings)
                        .run(recorded.manager())
                        .forEach((what, array) -> computed.put(what + "." + name, array)));
        return computed;
    }

    private static void each(ConfigFile all, BiConsumer<String, ConfigFile> one) {
        all.json().keySet().forEach(name -> one.accept(name, all.section(name)));
    }
}
