package io.iedp.config;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.RequiredUnless;
import io.iedp.api.config.Secret;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import io.iedp.io.file.UserPath;
import io.iedp.io.text.Secrets;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Binds values to configuration records, strictly: nothing is converted that was not meant, and every problem
 * is collected.
 */
final class Binder {
    private static final Object FAILED = new Object();

    private final Catalog catalog;
    private final List<Problem> problems;
    private final List<Origin> origins = new ArrayList<>();
    private final Map<String, String> secrets = new HashMap<>();

    Binder(Catalog catalog, List<Problem> problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /** Where each bound value came from, in the order of the records. */
    List<Origin> origins() {
        return origins;
    }

    /** What a file has in the place of values from the environment that it must not hold, by their paths. */
    Map<String, String> secrets() {
        return secrets;
    }

    <T extends Record> Optional<T> bind(Class<T> type, Value.Fields fields) {
        Object bound = bindRecord(type, fields, "");
        return bound == FAILED ? Optional.empty() : Optional.of(type.cast(bound));
    }

    /**
     * Binds some components of a record, whatever the others are.
     *
     * @return the values by the components' names; empty if one of them is wrong
     */
    Optional<Map<String, Object>> bind(Class<? extends Record> type, Set<String> names, Value.Fields fields) {
        Map<String, Object> values = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (names.contains(component.getName())) {
                values.put(component.getName(), bindComponent(component, Keys.of(component.getName()), fields, ""));
            }
        }
        return values.containsValue(FAILED) ? Optional.empty() : Optional.of(values);
    }

    Optional<Component> bindComponent(Kind kind, Value value, String path) {
        Object bound = bindSlot(kind, value, path);
        return bound == FAILED ? Optional.empty() : Optional.of((Component) bound);
    }

    private Object bindRecord(Class<?> type, Value.Fields fields, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> keys = Arrays.stream(components)
                .map(component -> Keys.of(component.getName()))
                .toList();
        Set<String> mistyped = new HashSet<>();
        fields.fields().forEach((key, field) -> {
            if (!keys.contains(key)) {
                Suggestions.nearest(key, keys).ifPresent(mistyped::add);
                problem(
                        Rule.UNKNOWN_KEY,
                        field.key(),
                        join(path, key),
                        "unknown key '%s'; %s"
                                .formatted(
                                        key,
                                        Suggestions.nearest(key, keys)
                                                .filter(near -> isBeside(
                                                        field, fields.fields().get(near)))
                                                .map("'%s' is there already"::formatted)
                                                .orElseGet(() -> Suggestions.of(key, keys))));
            }
        });
        Object[] arguments = new Object[components.length];
        boolean failed = false;
        for (int i = 0; i < components.length; i++) {
            String key = keys.get(i);
            arguments[i] = mistyped.contains(key) && !fields.fields().containsKey(key)
                    ? FAILED
                    : bindComponent(components[i], key, fields, path);
            failed |= arguments[i] == FAILED;
        }
        return failed ? FAILED : construct(type, components, arguments, fields, path);
    }

    /** Whether two keys stand in one map of one file, so that neither can have the other's name. */
    private static boolean isBeside(Value.Field field, Value.Field other) {
        return other != null
                && other.key().line() > 0
                && field.key().line() > 0
                && other.key().source().equals(field.key().source());
    }

    private Object bindComponent(RecordComponent component, String key, Value.Fields fields, String path) {
        String full = join(path, key);
        Value.Field field = fields.fields().get(key);
        boolean unset = component.isAnnotationPresent(RequiredUnless.class) && (field == null || isNull(field.value()));
        if (field != null && !unset) {
            return bind(component, component.getGenericType(), field.value(), full);
        }
        if (component.getType() == Optional.class && !isMissed(component, fields)) {
            return Optional.empty();
        }
        Default standard = component.getAnnotation(Default.class);
        if (standard == null) {
            Doc doc = component.getAnnotation(Doc.class);
            problem(
                    Rule.MISSING_KEY,
                    fields.place(),
                    full,
                    "the key '%s' is missing; it must be %s.%s"
                            .formatted(
                                    key,
                                    expected(component, component.getGenericType()),
                                    doc == null ? "" : " " + doc.value()));
            return FAILED;
        }
        return new YamlReader(SourceLocation.DEFAULT.source(), problems)
                .value(standard.value())
                .map(value -> bind(component, component.getGenericType(), asDefault(value), full))
                .orElse(FAILED);
    }

    /** Whether a file must have an optional component, since it lacks the key that stands for it. */
    private static boolean isMissed(RecordComponent component, Value.Fields fields) {
        RequiredUnless unless = component.getAnnotation(RequiredUnless.class);
        return unless != null
                && fields.fields().entrySet().stream()
                        .filter(field -> !isNull(field.getValue().value()))
                        .noneMatch(field -> Suggestions.nearest(field.getKey(), List.of(unless.value()))
                                .isPresent());
    }

    private static boolean isNull(Value value) {
        return value instanceof Value.Scalar scalar && scalar.isNull();
    }

    private static Value asDefault(Value value) {
        if (value instanceof Value.Scalar scalar) {
            return scalar.at(SourceLocation.DEFAULT);
        }
        if (value instanceof Value.Items items) {
            return new Value.Items(
                    SourceLocation.DEFAULT,
                    items.values().stream().map(Binder::asDefault).toList());
        }
        return Value.Fields.empty(SourceLocation.DEFAULT);
    }

    /** What belongs at a key, or in a part of it, such as an element of a list. */
    private String expected(RecordComponent component, Type type) {
        Optional<Kind> kind = Keys.kind(component);
        if (kind.isEmpty()) {
            return Keys.words(type);
        }
        Type own = component.getGenericType();
        boolean whole = type.equals(own) || Keys.raw(own) == Optional.class && type.equals(Keys.element(own));
        return (whole
                        ? Keys.words(component)
                        : Keys.article(kind.get().label()) + kind.get().label())
                + ofType(kind.get());
    }

    private String ofType(Kind kind) {
        List<String> types = types(kind);
        return types.isEmpty() ? ", but none is installed" : ", of type " + Keys.or(types);
    }

    private List<String> types(Kind kind) {
        return catalog.all(kind).stream().map(Installed::type).toList();
    }

    private Object bind(RecordComponent component, Type type, Value value, String path) {
        if (value instanceof Value.Unknown) {
            return FAILED;
        }
        Class<?> raw = Keys.raw(type);
        boolean empty = value instanceof Value.Scalar scalar && scalar.isNull();
        if (raw == Optional.class) {
            if (empty) {
                return Optional.empty();
            }
            Object inner = bind(component, Keys.element(type), value, path);
            return inner == FAILED ? FAILED : Optional.of(inner);
        }
        if (raw == List.class) {
            return value instanceof Value.Items items
                    ? bindList(component, type, items, path)
                    : wrong(component, type, value, path);
        }
        if (raw == Map.class) {
            return value instanceof Value.Fields fields
                    ? bindMap(component, type, fields, path)
                    : wrong(component, type, value, path);
        }
        if (Keys.isChosen(raw)) {
            return bindSlot(Keys.kind(component).orElseThrow(), value, path);
        }
        if (raw.isRecord()) {
            if (empty) {
                return bindRecord(raw, Value.Fields.empty(value.place()), path);
            }
            return value instanceof Value.Fields fields
                    ? bindRecord(raw, fields, path)
                    : wrong(component, type, value, path);
        }
        Object bound = value instanceof Value.Scalar scalar
                ? bindScalar(component, raw, scalar, path)
                : wrong(component, type, value, path);
        if (bound != FAILED) {
            origin(component, path, (Value.Scalar) value);
        }
        return bound;
    }

    private void origin(RecordComponent component, String path, Value.Scalar value) {
        boolean secret = component.isAnnotationPresent(Secret.class);
        String shown = secret ? ResolvedFile.masked(value.text()) : Secrets.mask(value.text());
        if (!value.reference().isEmpty() && (secret || !shown.equals(value.text()))) {
            secrets.put(path, Secrets.mask(value.reference()));
            shown = Secrets.MASK;
        }
        origins.add(new Origin(path, shown, value.place().brief()));
    }

    private Object bindList(RecordComponent component, Type type, Value.Items items, String path) {
        if (items.values().isEmpty()) {
            if (component.isAnnotationPresent(NotEmpty.class)) {
                problem(Rule.EMPTY, items.place(), path, "the list must not be empty");
                return FAILED;
            }
            origins.add(new Origin(path, "[]", items.place().brief()));
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < items.values().size(); i++) {
            bound.add(bind(component, Keys.element(type), items.values().get(i), path + "." + i));
        }
        return bound.contains(FAILED) ? FAILED : List.copyOf(bound);
    }

    private Object bindMap(RecordComponent component, Type type, Value.Fields fields, String path) {
        if (fields.fields().isEmpty()) {
            if (component.isAnnotationPresent(NotEmpty.class)) {
                problem(Rule.EMPTY, fields.place(), path, "the map must not be empty");
                return FAILED;
            }
            origins.add(new Origin(path, "{}", fields.place().brief()));
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        fields.fields()
                .forEach((key, field) ->
                        bound.put(key, bind(component, Keys.element(type), field.value(), join(path, key))));
        return bound.containsValue(FAILED) ? FAILED : Collections.unmodifiableMap(bound);
    }

    private Object bindSlot(Kind kind, Value value, String path) {
        Value.Fields fields = Value.Fields.empty(value.place());
        Value.Scalar type;
        if (value instanceof Value.Scalar scalar && scalar.typed() instanceof String) {
            type = scalar;
        } else if (value instanceof Value.Fields given) {
            Value.Field named = given.fields().get("type");
            if (named == null) {
                problem(
                        Rule.MISSING_KEY,
                        given.place(),
                        join(path, "type"),
                        "the key 'type' is missing; it must be %s%s%s."
                                .formatted(Keys.article(kind.label()), kind.label(), ofType(kind)));
                return FAILED;
            }
            if (named.value() instanceof Value.Unknown) {
                return FAILED;
            }
            if (!(named.value() instanceof Value.Scalar scalar) || !(scalar.typed() instanceof String)) {
                problem(
                        Rule.WRONG_TYPE,
                        named.value().place(),
                        join(path, "type"),
                        "must be text, but is " + named.value().kind());
                return FAILED;
            }
            type = scalar;
            fields = given.without("type");
        } else {
            problem(
                    Rule.WRONG_TYPE,
                    value.place(),
                    path,
                    "must be %s%s%s, but is %s"
                            .formatted(Keys.article(kind.label()), kind.label(), ofType(kind), value.kind()));
            return FAILED;
        }
        Optional<Installed> installed = catalog.find(kind, type.text());
        if (installed.isEmpty()) {
            problem(
                    Rule.UNKNOWN_CHOICE,
                    type.place(),
                    join(path, "type"),
                    "no %s of type '%s' is installed; %s%s"
                            .formatted(
                                    kind.label(),
                                    type.text(),
                                    Suggestions.of(type.text(), types(kind)),
                                    type.text().contains("/") ? " " + Suggestions.PLUGIN : ""));
            return FAILED;
        }
        origins.add(new Origin(join(path, "type"), type.text(), type.place().brief()));
        Object bound = bindRecord(installed.get().factory().configuration(), fields, path);
        return bound == FAILED ? FAILED : new Component(installed.get(), (Record) bound);
    }

    private Object bindScalar(RecordComponent component, Class<?> raw, Value.Scalar scalar, String path) {
        Object typed = scalar.typed();
        if (raw == boolean.class || raw == Boolean.class) {
            return typed instanceof Boolean ? typed : wrong(component, raw, scalar, path);
        }
        if (raw == String.class || Keys.isPath(raw)) {
            return bindText(component, raw, scalar, path);
        }
        if (raw.isEnum()) {
            return bindEnum(raw, scalar, path);
        }
        if (typed instanceof Double number && !Double.isFinite(number)) {
            problem(Rule.OUT_OF_RANGE, scalar.place(), path, "must be a finite number, but is " + scalar.shown());
            return FAILED;
        }
        boolean small = raw == int.class || raw == Integer.class;
        boolean whole = small || raw == long.class || raw == Long.class;
        if (!(typed instanceof Number number)) {
            return wrong(component, raw, scalar, path);
        }
        if (!inRange(component, number, scalar, path)) {
            return FAILED;
        }
        if (!whole) {
            return number.doubleValue();
        }
        if (typed instanceof Double || small && number.longValue() != number.intValue()) {
            return notWhole(component, raw, number, scalar, path);
        }
        return small ? (Object) number.intValue() : (Object) number.longValue();
    }

    private boolean inRange(RecordComponent component, Number number, Value.Scalar scalar, String path) {
        Range range = component.getAnnotation(Range.class);
        if (range != null && (number.doubleValue() < range.min() || number.doubleValue() > range.max())) {
            problem(
                    Rule.OUT_OF_RANGE,
                    scalar.place(),
                    path,
                    "must be %s, but is %s".formatted(Keys.range(component).orElseThrow(), scalar.shown()));
            return false;
        }
        return true;
    }

    /** A number that is no whole one, or too large to be one. */
    private Object notWhole(RecordComponent component, Class<?> raw, Number number, Value.Scalar scalar, String path) {
        double value = number.doubleValue();
        long largest = raw == int.class || raw == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (Math.abs(value) > largest || number instanceof Double && Math.abs(value) >= largest) {
            problem(
                    Rule.OUT_OF_RANGE,
                    scalar.place(),
                    path,
                    "must be %s, but is %s"
                            .formatted(value < 0 ? "at least -" + largest : "at most " + largest, scalar.shown()));
            return FAILED;
        }
        return value == Math.rint(value)
                ? wrong(component, raw, scalar, path, "; as a whole number it is written %s".formatted((long) value))
                : wrong(component, raw, scalar, path);
    }

    private Object bindText(RecordComponent component, Class<?> raw, Value.Scalar scalar, String path) {
        String text = scalar.text();
        if (!(scalar.typed() instanceof String) && (scalar.isNull() || !scalar.loose())) {
            return scalar.isNull()
                    ? wrong(component, raw, scalar, path)
                    : wrong(component, raw, scalar, path, "; in quotes it would be text: \"%s\"".formatted(text));
        }
        if (text.isBlank() && (Keys.isPath(raw) || component.isAnnotationPresent(NotEmpty.class))) {
            problem(Rule.EMPTY, scalar.place(), path, "must not be empty");
            return FAILED;
        }
        if (raw == String.class && text.indexOf('\0') >= 0) {
            problem(Rule.WRONG_TYPE, scalar.place(), path, "must not have the character U+0000 in it");
            return FAILED;
        }
        try {
            if (raw == WeightsPath.class) {
                WeightParts parts = component.getAnnotation(WeightParts.class);
                return NamedWeights.parse(text, catalog, parts == null ? Set.of() : Set.of(parts.value()));
            }
            return raw == Path.class ? UserPath.of(text) : text;
        } catch (InvalidPathException | UserException e) {
            problem(Rule.WRONG_TYPE, scalar.place(), path, "is no path: " + e.getMessage());
            return FAILED;
        }
    }

    private Object bindEnum(Class<?> raw, Value.Scalar scalar, String path) {
        for (Object constant : raw.getEnumConstants()) {
            if (Keys.of((Enum<?>) constant).equals(scalar.text())) {
                return constant;
            }
        }
        problem(
                Rule.UNKNOWN_CHOICE,
                scalar.place(),
                path,
                "must be %s, but is %s%s"
                        .formatted(
                                Keys.words(raw),
                                scalar.kind(),
                                Suggestions.near(scalar.text(), Keys.constants(raw))
                                        .map("; "::concat)
                                        .orElse("")));
        return FAILED;
    }

    private Object wrong(RecordComponent component, Type type, Value value, String path) {
        boolean empty = value instanceof Value.Scalar scalar && scalar.isNull();
        Class<?> raw = Keys.raw(type);
        boolean list = empty && raw == List.class && !component.isAnnotationPresent(NotEmpty.class);
        boolean map = empty && raw == Map.class && !component.isAnnotationPresent(NotEmpty.class);
        return wrong(component, type, value, path, list ? "; write [] for none" : map ? "; write {} for none" : "");
    }

    private Object wrong(RecordComponent component, Type type, Value value, String path, String hint) {
        problem(
                Rule.WRONG_TYPE,
                value.place(),
                path,
                "must be %s, but is %s%s".formatted(expected(component, type), value.kind(), hint));
        return FAILED;
    }

    private Object construct(
            Class<?> type, RecordComponent[] components, Object[] arguments, Value.Fields fields, String path) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                constraint(String.valueOf(cause.getMessage()), fields, path);
                return FAILED;
            }
            throw new IllegalStateException("The configuration %s failed".formatted(type.getName()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The configuration %s cannot be made".formatted(type.getName()), e);
        }
    }

    /** A message that begins with a key is about that key. */
    private void constraint(String message, Value.Fields fields, String path) {
        String key = message.split(" ", 2)[0];
        Value.Field field = fields.fields().get(key);
        if (field == null) {
            problem(Rule.CONSTRAINT, fields.place(), path, message);
        } else {
            problem(Rule.CONSTRAINT, field.value().place(), join(path, key), message);
        }
    }

    private void problem(Rule rule, SourceLocation place, String path, String message) {
        problems.add(Problem.at(rule, place, path, message));
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
