package io.iedp.launcher.plugin;

import io.iedp.api.UserException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that the keys of a configuration record are of types that YAML can be bound to. */
final class ConfigurationRecords {
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
            Path.class);

    private ConfigurationRecords() {}

    /**
     * @throws UserException naming the first component of another type
     */
    static void check(Installed installed) {
        Class<?> configuration = installed.factory().configuration();
        if (configuration == null || !configuration.isRecord()) {
            throw new UserException("%s in %s: the configuration of the %s '%s' must be a record, but is %s"
                    .formatted(
                            installed.plugin(),
                            installed.origin(),
                            installed.kind().label(),
                            installed.type(),
                            configuration == null ? "null" : configuration.getName()));
        }
        check(installed, configuration);
    }

    private static void check(Installed installed, Class<?> configuration) {
        for (RecordComponent component : configuration.getRecordComponents()) {
            if (!bindable(installed, component.getGenericType())) {
                throw new UserException(
                        ("%s in %s: '%s' of %s is of the type %s, which YAML cannot be bound to. It may be an int, "
                                        + "long, double, boolean, String, Path, enum or record, or a List, Map or "
                                        + "Optional of those.")
                                .formatted(
                                        installed.plugin(),
                                        installed.origin(),
                                        component.getName(),
                                        configuration.getName(),
                                        component.getGenericType().getTypeName()));
            }
        }
    }

    private static boolean bindable(Installed installed, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            boolean known = generic.getRawType() == List.class
                    || generic.getRawType() == Optional.class
                    || generic.getRawType() == Map.class && arguments[0] == String.class;
            return known && bindable(installed, arguments[arguments.length - 1]);
        }
        if (type instanceof Class<?> single && single.isRecord()) {
            check(installed, single);
            return true;
        }
        return type instanceof Class<?> single && (SCALARS.contains(single) || single.isEnum());
    }
}
