package io.iedp.verify.pretraining;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.iedp.nn.ConfigFile;
import io.iedp.pretraining.Release;
import io.iedp.pretraining.Sampler;
import io.iedp.pretraining.SamplerConfig;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sampler that a case's {@code meta.json} sets up.
 *
 * @param settings of one trajectory or loop
 */
record RecordedSampler(SamplerConfig config, ConfigFile settings) {
    private static final Pattern RELEASE = Pattern.compile("diffusers v0\\.(\\d{1,4})");

    /** From then on, DPM++ and UniPC go by sigmas. */
    private static final int BY_SIGMAS = 21;

    /**
     * The samplers of a case by their names.
     *
     * @param key of all settings
     */
    static Map<String, RecordedSampler> all(RecordedCase recorded, String key) {
        ConfigFile meta = meta(recorded);
        ConfigFile all = meta.section(key);
        Map<String, RecordedSampler> samplers = new LinkedHashMap<>();
        all.json().keySet().forEach(name -> samplers.put(name, of(meta, all.section(name))));
        return samplers;
    }

    private static RecordedSampler of(ConfigFile meta, ConfigFile settings) {
        JsonObject json = base(meta).json().deepCopy();
        settings.section("config").json().asMap().forEach(json::add);
        json.add("_class_name", settings.json().get("_class_name"));
        ConfigFile file = new ConfigFile(json, settings.description());
        return new RecordedSampler(
                new SamplerConfig(file, SamplerConfig.kind(file), release(meta), Optional.empty()), settings);
    }

    /** What all samplers of the case have in common. */
    static ConfigFile base(ConfigFile meta) {
        return meta.section("base_config");
    }

    static ConfigFile meta(RecordedCase recorded) {
        return new ConfigFile(
                new Gson().toJsonTree(recorded.meta()).getAsJsonObject(),
                recorded.folder().resolve("meta.json").toString());
    }

    static Release release(ConfigFile meta) {
        Matcher release = RELEASE.matcher(meta.string("code"));
        if (!release.find()) {
            throw meta.wrong("code must name the release of diffusers, as in 'diffusers v0.20.2'");
        }
        return Integer.parseInt(release.group(1)) < BY_SIGMAS ? Release.V0_20 : Release.V0_40;
    }

    int steps() {
        return settings.size("steps", 100_000);
    }

    /** The sampler at its begin. */
    Sampler start() {
        double eta = settings.has("step") ? settings.section("step").number("eta", 0) : 0;
        return config.start(steps(), eta);
    }

    /** The tolerance of one array: three times what the original in 32 bits is off, if that is more than usual. */
    static Comparison comparison(RecordedCase recorded, String name) {
        ConfigFile meta = meta(recorded);
        if (meta.has("own_tolerance") && meta.section("own_tolerance").has(name)) {
            return new Comparison.Values(
                    Tolerance.relative(meta.section("own_tolerance").number(name, 0)));
        }
        ConfigFile errors = meta.section("fp32_vs_fp64");
        double own = errors.has(name) ? errors.section(name).number("err_rel_to_max", 0) : 0;
        return new Comparison.Values(Tolerance.relative(Math.max(Tolerance.OUTPUT.relative(), 3 * own)));
    }
}
