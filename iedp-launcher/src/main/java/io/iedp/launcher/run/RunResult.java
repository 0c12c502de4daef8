package io.iedp.launcher.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.iedp.api.UserException;
import io.iedp.api.task.Goal;
import io.iedp.engine.run.RunFolder;
import io.iedp.io.file.TextFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run came to, as {@code result.json} holds it.
 *
 * @param goal the metric that it is judged by
 * @param metrics of the last evaluation, {@code NaN} for what no pixel counted for
 */
public record RunResult(Goal goal, Map<String, Double> metrics) {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    public RunResult {
        Map<String, Double> numbers = new LinkedHashMap<>();
        metrics.forEach((name, value) -> numbers.put(name, value == null ? Double.NaN : value));
        metrics = Collections.unmodifiableMap(numbers);
    }

    /** JSON (RFC 8259), which has no number that is none: {@code null} stands for it. */
    public String json() {
        Map<String, Double> numbers = new LinkedHashMap<>(metrics);
        numbers.replaceAll((name, value) -> Double.isFinite(value) ? value : null);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("goal", goal);
        written.put("metrics", numbers);
        return GSON.toJson(written) + "\n";
    }

    /**
     * The result of a run that reached its end.
     *
     * @throws UserException if it cannot be read
     */
    public static RunResult read(RunFolder folder) {
        try {
            RunResult read = GSON.fromJson(TextFiles.read(folder.result()), RunResult.class);
            if (read == null || read.goal == null) {
                throw new JsonParseException("there is no goal in it");
            }
            return read;
        } catch (RuntimeException e) { // whatever Gson makes of what the record refuses
            throw new UserException(
                    "%s, which the run wrote, cannot be read: %s".formatted(folder.result(), e.getMessage()), e);
        }
    }
}
