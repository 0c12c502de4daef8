package io.iedp.config;

import io.iedp.api.UserException;
import io.iedp.api.nn.WeightStore;
import io.iedp.api.nn.WeightsPath;
import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.ConfigurationRecords;
import io.iedp.io.file.UserPath;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return parse(text, catalog, Set.of());
    }

    /**
     * @param parts that will be read, as {@link io.iedp.api.config.WeightParts} names them; none for all
     */
    static WeightsPath parse(String text, Catalog catalog, Set<String> parts) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            return WeightsPath.of(UserPath.of(text));
        }
        WeightStore store = catalog.weightStore(named.group(1)).orElseThrow(() -> unknown(named.group(1), catalog));
        return WeightsPath.in(store, named.group(2), parts);
    }

    /** All weights that a configuration names, by the path of their key, in the order of its keys. */
    public static Map<String, WeightsPath> in(Record configuration) {
        Map<String, WeightsPath> found = new LinkedHashMap<>();
        collect(configuration, "", found);
        return found;
    }

    private static void collect(Object value, String path, Map<String, WeightsPath> found) {
        if (value instanceof WeightsPath weights) {
            found.put(path, weights);
        } else if (value instanceof Component component) {
            collect(component.configuration(), path, found);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(each -> collect(each, path, found));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), path + "." + i, found);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> collect(each, join(path, (String) key), found));
        } else if (value instanceof Record record) {
            for (RecordComponent each : record.getClass().getRecordComponents()) {
                collect(ConfigurationRecords.value(each, record), join(path, Keys.of(each.getName())), found);
            }
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
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
