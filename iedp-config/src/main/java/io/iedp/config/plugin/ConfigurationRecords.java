package io.iedp.config.plugin;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Chosen;
import io.iedp.api.config.Default;
import io.iedp.api.nn.WeightsPath;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that the keys of a configuration record are of types that YAML can be bound to, and reads its values. */
public final class ConfigurationRecords {
    private static final Set<Class<?>> SCALARS = Set.of(
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            boolean.class,
            Boolean.class,
            String.class,
            Path.class,
            WeightsPath.class);

    private ConfigurationRecords() {}

    /** The value of a component, whether or not the record's author made it public. */
    public static Object value(RecordComponent component, Record configuration) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(configuration);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws BrokenPluginException naming the first component of another type
     */
    static void check(Installed installed) {
        Class<?> configuration = installed.factory().configuration();
        if (configuration == null || !configuration.isRecord()) {
            throw new BrokenPluginException(
                    "the configuration of its %s '%s' is no record, but %s"
                            .formatted(
                                    installed.kind().label(),
                                    installed.type(),
                                    configuration == null ? "null" : configuration.getName()),
                    "Its author must make it one.");
        }
        check(configuration, List.of());
        checkPositionals(configuration);
    }

    private static void checkPositionals(Class<?> configuration) {
        List<RecordComponent> positionals = Arrays.stream(configuration.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Positional.class))
                .toList();
        for (RecordComponent component : positionals) {
            boolean last = component.equals(positionals.get(positionals.size() - 1));
            boolean open = component.getType() == List.class
                    || component.getType() == Optional.class
                    || component.isAnnotationPresent(Default.class);
            if (!positional(component.getGenericType()) || open && !last) {
                throw new BrokenPluginException(
                        "'%s' of %s cannot take arguments without a name"
                                .formatted(component.getName(), configuration.getName()),
                        "It may be a text, path, number or choice; the last that is @Positional may be a list of them, or "
                                + "be left out.");
            }
        }
    }

    private static boolean positional(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() != Map.class && positional(generic.getActualTypeArguments()[0]);
        }
        return type instanceof Class<?> single && !single.isRecord();
    }

    /**
     * @param around the records that this one is in
     */
    private static void check(Class<?> configuration, List<Class<?>> around) {
        if (around.contains(configuration)) {
            throw new BrokenPluginException(
                    "the record %s contains itself".formatted(configuration.getName()),
                    "Its author must end the nesting with another record.");
        }
        List<Class<?>> inside = new ArrayList<>(around);
        inside.add(configuration);
        for (RecordComponent component : configuration.getRecordComponents()) {
            if (!bindable(component.getGenericType(), inside)) {
                throw new BrokenPluginException(
                        "'%s' of %s is of the type %s, which YAML cannot be bound to"
                                .formatted(
                                        component.getName(),
                                        configuration.getName(),
                                        component.getGenericType().getTypeName()),
                        "It may be an int, long, double, boolean, String, Path, WeightsPath, enum, record or Chosen component, or a List, Map or Optional "
                                + "of those.");
            }
        }
    }

    private static boolean bindable(Type type, List<Class<?>> around) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Chosen.class) {
                return Kind.making(arguments[1]).isPresent();
            }
            boolean known = generic.getRawType() == List.class
                    || generic.getRawType() == Optional.class
                    || generic.getRawType() == Map.class && arguments[0] == String.class;
            return known && bindable(arguments[arguments.length - 1], around);
        }
        if (type instanceof Class<?> single && single.isRecord()) {
            check(single, around);
            return true;
        }
        return type instanceof Class<?> single && (SCALARS.contains(single) || single.isEnum());
    }
}
