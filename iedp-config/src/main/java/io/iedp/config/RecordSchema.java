package io.iedp.config;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.RequiredUnless;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a configuration record, for people.
 *
 * @param keys with those of nested records, in their order
 */
public record RecordSchema(List<Key> keys) {
    public RecordSchema {
        keys = List.copyOf(keys);
    }

    /**
     * One key.
     *
     * @param path with dots; {@code []} for the elements of a list, {@code NAME} for any key of a map
     * @param type in words
     * @param required whether the file must have it
     * @param defaultValue as in YAML
     * @param range of a number, in words
     * @param doc what it means
     */
    public record Key(
            String path,
            String type,
            boolean required,
            Optional<String> defaultValue,
            Optional<String> range,
            String doc) {}

    public static RecordSchema of(Class<? extends Record> configuration) {
        List<Key> keys = new ArrayList<>();
        collect(configuration, "", keys);
        return new RecordSchema(keys);
    }

    private static void collect(Class<?> configuration, String prefix, List<Key> keys) {
        for (RecordComponent component : configuration.getRecordComponents()) {
            Key key = key(component, prefix);
            keys.add(key);
            nested(component.getGenericType(), key.path(), keys);
        }
    }

    /** One component, without what is nested in it; an argument without a name has the name that a command's help has. */
    static Key key(RecordComponent component, String prefix) {
        Default standard = component.getAnnotation(Default.class);
        Doc doc = component.getAnnotation(Doc.class);
        Positional positional = component.getAnnotation(Positional.class);
        return new Key(
                prefix
                        + (positional == null
                                ? Keys.of(component.getName())
                                : positional.value() + (component.getType() == List.class ? "..." : "")),
                Keys.words(component),
                standard == null
                        && (component.getType() != Optional.class
                                || component.isAnnotationPresent(RequiredUnless.class)),
                Optional.ofNullable(standard).map(Default::value),
                Keys.range(component),
                doc == null ? "" : doc.value());
    }

    private static void nested(Type type, String path, List<Key> keys) {
        Class<?> raw = Keys.raw(type);
        if (raw == Optional.class) {
            nested(Keys.element(type), path, keys);
        } else if (raw == List.class) {
            nested(Keys.element(type), path + "[]", keys);
        } else if (raw == Map.class) {
            nested(Keys.element(type), path + ".NAME", keys);
        } else if (raw.isRecord() && !Keys.isChosen(raw)) {
            collect(raw, path + ".", keys);
        }
    }
}
