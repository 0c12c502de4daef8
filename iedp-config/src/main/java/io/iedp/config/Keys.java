package io.iedp.config;

import io.iedp.api.config.Chosen;
import io.iedp.api.config.Range;
import io.iedp.api.nn.WeightsPath;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Slot;
import io.iedp.config.plugin.Kind;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How Java names and types read in a file. */
final class Keys {
    private Keys() {}

    /** {@code clipLayers} is {@code clip-layers}. */
    static String of(String component) {
        return component.replaceAll("(?<=[a-z0-9])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    /** The last type argument: of an element, or of a map's value. */
    static Type element(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> of((Enum<?>) each))
                .toList();
    }

    /** Whether the type is one of files or folders. */
    static boolean isPath(Class<?> type) {
        return type == Path.class || type == WeightsPath.class;
    }

    /** The type in words, as in {@code a whole number}. */
    static String words(Type type) {
        Class<?> raw = raw(type);
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            return "a whole number";
        }
        if (raw == double.class || raw == Double.class) {
            return "a number";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw == String.class) {
            return "text";
        }
        if (raw == Path.class) {
            return "a path";
        }
        if (raw == WeightsPath.class) {
            return "a path or SCHEME://NAME";
        }
        if (raw == List.class) {
            return "a list of " + plural(element(type));
        }
        if (raw == Optional.class) {
            return words(element(type));
        }
        if (raw == Map.class) {
            return "a map of names to " + plural(element(type));
        }
        return raw.isEnum() ? or(constants(raw)) : "a map";
    }

    /** Whether a value of that type is a component that the file chooses. */
    static boolean isChosen(Class<?> type) {
        return type == Component.class || type == Chosen.class;
    }

    /** The kind of component that a key chooses, by itself or as elements of a list, map or optional. */
    static Optional<Kind> kind(RecordComponent component) {
        Slot slot = component.getAnnotation(Slot.class);
        return slot == null ? kind(component.getGenericType()) : Optional.of(slot.value());
    }

    private static Optional<Kind> kind(Type type) {
        if (!(type instanceof ParameterizedType)) {
            return Optional.empty();
        }
        return raw(type) == Chosen.class ? Kind.making(raw(element(type))) : kind(element(type));
    }

    /** The type of a key in words, as in {@code a list of transforms}. */
    static String words(RecordComponent component) {
        Optional<Kind> kind = kind(component);
        if (kind.isEmpty()) {
            return words(component.getGenericType());
        }
        String label = kind.get().label();
        Type type = component.getGenericType();
        Class<?> raw = raw(raw(type) == Optional.class ? element(type) : type);
        if (raw == List.class) {
            return "a list of " + plural(label);
        }
        return raw == Map.class ? "a map of names to " + label : article(label) + label;
    }

    private static String plural(String word) {
        return word + (word.endsWith("s") ? "es" : "s");
    }

    /** {@code a} or {@code an}, and a space. */
    static String article(String word) {
        return "aeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ";
    }

    private static String plural(Type type) {
        return switch (words(type)) {
            case "a whole number" -> "whole numbers";
            case "a number" -> "numbers";
            case "a path" -> "paths";
            case "a map" -> "maps";
            case "text" -> "texts";
            default -> words(type).replaceFirst("^a list", "lists");
        };
    }

    /** The range in words, if there is one. */
    static Optional<String> range(AnnotatedElement element) {
        Range range = element.getAnnotation(Range.class);
        if (range == null) {
            return Optional.empty();
        }
        boolean below = Double.isInfinite(range.min());
        boolean above = Double.isInfinite(range.max());
        return Optional.of(
                above
                        ? "at least " + number(range.min())
                        : below
                                ? "at most " + number(range.max())
                                : number(range.min()) + " to " + number(range.max()));
    }

    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** As in {@code a, b or c}. */
    static String or(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
