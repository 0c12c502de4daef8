package io.iedp.config;

import io.iedp.api.UserException;
import io.iedp.api.nn.WeightStore;
import io.iedp.api.nn.WeightsPath;
import io.iedp.config.plugin.Catalog;
import io.iedp.io.file.UserPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands for weights in experiment files and on the command line: a path, or {@code SCHEME://NAME}. */
public final class NamedWeights {
    /** {@code SCHEME://NAME}; a single letter is a drive. */
    private static final Pattern NAMED = Pattern.compile("([a-z][a-z0-9+.-]+)://(.*)");

    private NamedWeights() {}

    /**
     * @param catalog with the stores that know names
     * @throws UserException if no store has the scheme
     * @throws java.nio.file.InvalidPathException if it is neither a name nor a path
     */
    public static WeightsPath parse(String text, Catalog catalog) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            return WeightsPath.of(UserPath.of(text));
        }
        WeightStore store = catalog.weightStore(named.group(1)).orElseThrow(() -> unknown(named.group(1), catalog));
        return WeightsPath.in(store, named.group(2));
    }

    private static UserException unknown(String scheme, Catalog catalog) {
        return new UserException("no plugin has weights by names that begin with '%s://'; %s %s"
                .formatted(
                        scheme,
                        Suggestions.of(
                                scheme + "://",
                                catalog.weightSchemes().stream()
                                        .map(each -> each + "://")
                                        .toList()),
                        Suggestions.PLUGIN));
    }
}
