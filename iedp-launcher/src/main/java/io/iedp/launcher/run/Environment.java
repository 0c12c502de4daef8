package io.iedp.launcher.run;

import ai.djl.engine.Engine;
import com.sun.management.OperatingSystemMXBean;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.run.RunPlugins;
import io.iedp.nn.LocalLibtorch;
import io.iedp.nn.TorchRuntime;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a run ran on. */
public final class Environment {
    private Environment() {}

    /**
     * Versions, device and machine, by name.
     *
     * @param device where the run computes
     */
    public static Map<String, String> describe(String device) {
        Engine engine = TorchRuntime.get().engine();
        Runtime runtime = Runtime.getRuntime();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("iedp", Version.own());
        facts.put("java", "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vm.name")));
        facts.put("system", "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        facts.put("engine", "%s %s".formatted(engine.getEngineName(), engine.getVersion()));
        facts.put(
                "native library",
                LocalLibtorch.find()
                        .map(local -> "%s (%s)".formatted(local.folder(), local.flavor()))
                        .orElse("the one that IEDP brings, for CPUs"));
        facts.put("GPUs", String.valueOf(engine.getGpuCount()));
        facts.put("device", device);
        facts.put("threads", torchThreads(runtime) + " of " + runtime.availableProcessors() + " processors");
        facts.put("memory", memory(runtime));
        return facts;
    }

    /**
     * {@link #describe}, and what else a run came from.
     *
     * @param frozen fingerprints of frozen weights, by part of the model
     */
    static Map<String, String> of(Experiment experiment, String device, Map<String, String> frozen) {
        Map<String, String> facts = new LinkedHashMap<>(describe(device));
        GitCommit.of(Path.of("")).ifPresent(commit -> facts.put("commit of the working folder", commit));
        facts.put("seed", Long.toString(experiment.seed()));
        facts.put("precision", experiment.precision().name().toLowerCase(Locale.ROOT));
        facts.putAll(RunPlugins.facts(experiment));
        frozen.forEach((part, digest) -> facts.put("frozen weights of " + part, "SHA-256 " + digest));
        return facts;
    }

    private static String memory(Runtime runtime) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return String.format(
                Locale.ROOT,
                "%d MiB, of which the Java heap takes at most %d MiB",
                system.getTotalMemorySize() >> 20,
                runtime.maxMemory() >> 20);
    }

    private static int torchThreads(Runtime runtime) {
        String set = System.getenv("OMP_NUM_THREADS");
        return set != null && set.matches("\\d+") ? Integer.parseInt(set) : runtime.availableProcessors();
    }
}
