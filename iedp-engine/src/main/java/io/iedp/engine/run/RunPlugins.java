package io.iedp.engine.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.config.experiment.Experiment;
import io.iedp.io.file.TextFiles;
import io.iedp.io.text.ShellWord;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Remembers with a run where the plugins were that it was trained with. */
public final class RunPlugins {
    private static final String KEY = "plugins";

    private RunPlugins() {}

    /** What the run's description of its environment says of plugins: nothing if there were none. */
    public static Map<String, String> facts(Experiment experiment) {
        String places =
                experiment.pluginPlaces().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return places.isEmpty() ? Map.of() : Map.of(KEY, places);
    }

    /**
     * Reads the experiment of a run. When that fails, the plugins that the run had are named, since one of them may be missing
     * now.
     *
     * @throws UserException as the reading does
     */
    public static <T> T reading(RunFolder run, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UserException e) {
            List<String> places = places(run);
            if (places.isEmpty()) {
                throw e;
            }
            throw new UserException(
                    "%s%nThe run was trained with %s. If that is not loaded, add %s, or ModelOptions.plugin in a Java program"
                            .formatted(
                                    e.getMessage(),
                                    String.join(" and ", places),
                                    places.stream()
                                            .map(each -> "--plugin-path=" + ShellWord.quote(each))
                                            .collect(Collectors.joining(" "))),
                    e);
        }
    }

    private static List<String> places(RunFolder run) {
        try {
            JsonObject facts =
                    JsonParser.parseString(TextFiles.read(run.environment())).getAsJsonObject();
            JsonElement plugins = facts.get(KEY);
            return plugins == null
                    ? List.of()
                    : Arrays.asList(plugins.getAsString().split(File.pathSeparator));
        } catch (UserException | JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            return List.of(); // the first failure counts
        }
    }
}
