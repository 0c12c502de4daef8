package io.iedp.config;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.RequiredUnless;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JSON schema (draft 7) of experiment files, for editors: from the same records that files are bound to, with the
 * components that are installed. A file that extends another need not have every key, so the schema has two forms of all:
 * whole, and a part of something.
 */
public final class JsonSchema {
    private static final String EXTENDS = "extends";
    private static final String REFERENCE = "\\$\\{";

    private final Catalog catalog;
    private final boolean part;
    private final JsonObject definitions;

    private JsonSchema(Catalog catalog, boolean part, JsonObject definitions) {
        this.catalog = catalog;
        this.part = part;
        this.definitions = definitions;
    }

    /** The schema as JSON text, the same for the same components. */
    public static String of(Catalog catalog) {
        JsonObject definitions = definitions();
        JsonObject schema = new JsonObject();
        schema.addProperty("$schema", "http://json-schema.org/draft-07/schema#");
        schema.addProperty("title", "IEDP experiment");
        schema.add("if", required(EXTENDS));
        schema.add("then", new JsonSchema(catalog, true, definitions).root());
        schema.add("else", new JsonSchema(catalog, false, definitions).root());
        schema.add("definitions", definitions);
        return print(schema);
    }

    /** The schema of files that others extend, in which any key may be missing. */
    public static String ofParts(Catalog catalog) {
        JsonObject definitions = definitions();
        JsonObject schema = new JsonSchema(catalog, true, definitions).root();
        schema.addProperty("$schema", "http://json-schema.org/draft-07/schema#");
        schema.addProperty("title", "Part of an IEDP experiment");
        schema.add("definitions", definitions);
        return print(schema);
    }

    private JsonObject root() {
        JsonObject root = record(Experiment.class, List.of());
        JsonObject file = described(text(), "The file, or files, that this one is laid over.");
        JsonObject files = new JsonObject();
        files.addProperty("type", "array");
        files.add("items", text());
        root.getAsJsonObject("properties").add(EXTENDS, anyOf(file, files));
        return root;
    }

    /**
     * @param first keys that come before those of the record
     */
    private JsonObject record(Class<?> type, List<String> first) {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", "object");
        JsonObject properties = new JsonObject();
        first.forEach(key -> properties.add(key, new JsonObject()));
        JsonArray required = new JsonArray();
        Map<String, List<String>> requiredUnless = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = Keys.of(component.getName());
            properties.add(key, key(component));
            if (!component.isAnnotationPresent(Default.class) && component.getType() != Optional.class) {
                required.add(key);
            }
            RequiredUnless unless = component.getAnnotation(RequiredUnless.class);
            if (unless != null) {
                requiredUnless
                        .computeIfAbsent(unless.value(), other -> new ArrayList<>())
                        .add(key);
            }
        }
        schema.add("properties", properties);
        schema.addProperty("additionalProperties", false);
        if (part) {
            boolean whole = first.isEmpty() && type != Experiment.class;
            properties.add("$replace", whole ? whole().nested(type) : new JsonObject());
        } else if (!required.isEmpty()) {
            schema.add("required", required);
        }
        if (!part) {
            requiredUnless.forEach((other, keys) -> {
                JsonObject all = new JsonObject();
                all.add("required", strings(keys));
                schema.add("anyOf", anyOf(required(other), all).get("anyOf"));
            });
        }
        return schema;
    }

    private JsonObject key(RecordComponent component) {
        JsonObject schema = value(component, component.getGenericType());
        Doc doc = component.getAnnotation(Doc.class);
        if (doc != null) {
            described(schema, doc.value());
        }
        Default standard = component.getAnnotation(Default.class);
        if (standard != null) {
            new YamlReader("default", new ArrayList<>())
                    .value(standard.value())
                    .ifPresent(value -> schema.add("default", json(value)));
        }
        return schema;
    }

    private JsonObject value(RecordComponent component, Type type) {
        Class<?> raw = Keys.raw(type);
        if (raw == Optional.class) {
            JsonObject nothing = new JsonObject();
            nothing.addProperty("type", "null");
            return anyOf(value(component, Keys.element(type)), nothing);
        }
        if (raw == List.class) {
            JsonObject list = new JsonObject();
            list.addProperty("type", "array");
            list.add("items", value(component, Keys.element(type)));
            notEmpty(component, list, "minItems");
            return referable(part ? anyOf(list, required("$append")) : list);
        }
        if (raw == Map.class) {
            JsonObject map = new JsonObject();
            map.addProperty("type", "object");
            map.add("additionalProperties", value(component, Keys.element(type)));
            if (part) {
                JsonObject marks = new JsonObject();
                marks.add("$replace", whole().value(component, type));
                map.add("properties", marks);
            }
            notEmpty(component, map, "minProperties");
            return referable(map);
        }
        if (Keys.isChosen(raw)) {
            return slot(Keys.kind(component).orElseThrow());
        }
        return raw.isRecord() ? referable(nested(raw)) : scalar(component, raw);
    }

    /** What takes the place of something inherited must be all there. */
    private JsonSchema whole() {
        return new JsonSchema(catalog, false, definitions);
    }

    private JsonObject nested(Class<?> type) {
        String name = type.getName().replace('$', '.') + (part ? ".part" : "");
        if (!definitions.has(name)) {
            definitions.add(name, new JsonObject()); // seen from inside of itself
            definitions.add(name, record(type, List.of()));
        }
        return to(name);
    }

    private static JsonObject to(String definition) {
        JsonObject reference = new JsonObject();
        reference.addProperty("$ref", "#/definitions/" + definition);
        return reference;
    }

    private JsonObject scalar(RecordComponent component, Class<?> raw) {
        JsonObject schema = new JsonObject();
        if (raw == String.class || Keys.isPath(raw)) {
            schema = text();
            if (Keys.isPath(raw)) {
                schema.addProperty("minLength", 1);
            }
            notEmpty(component, schema, "minLength");
            return schema;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            schema.addProperty("type", "boolean");
        } else if (raw.isEnum()) {
            schema.add("enum", strings(Keys.constants(raw)));
        } else {
            schema.addProperty("type", raw == double.class || raw == Double.class ? "number" : "integer");
            Range range = component.getAnnotation(Range.class);
            if (range != null && !Double.isInfinite(range.min())) {
                schema.addProperty("minimum", new BigDecimal(Keys.number(range.min())));
            }
            if (range != null && !Double.isInfinite(range.max())) {
                schema.addProperty("maximum", new BigDecimal(Keys.number(range.max())));
            }
        }
        return referable(schema);
    }

    /** A component: its type alone, or a map with its type and the keys of that type. */
    private JsonObject slot(Kind kind) {
        String name = kind.label() + (part ? ".part" : "");
        if (!definitions.has(name)) {
            definitions.add(name, new JsonObject()); // seen from inside of itself
            definitions.add(name, component(kind));
        }
        return anyOf(to(name));
    }

    private JsonObject component(Kind kind) {
        List<Installed> installed = catalog.all(kind);
        List<String> types = installed.stream().map(Installed::type).toList();
        JsonObject type = new JsonObject();
        type.add("enum", strings(types));
        JsonObject map = new JsonObject();
        map.addProperty("type", "object");
        JsonObject properties = new JsonObject();
        properties.add("type", referable(type));
        map.add("properties", properties);
        if (part) {
            properties.add("$replace", whole().slot(kind));
        } else {
            map.add("required", strings(List.of("type")));
        }
        JsonArray all = new JsonArray();
        for (Installed each : installed) {
            JsonObject when = new JsonObject();
            JsonObject is = new JsonObject();
            JsonObject constant = new JsonObject();
            constant.addProperty("const", each.type());
            is.add("type", constant);
            when.add("properties", is);
            when.add("required", strings(List.of("type")));
            JsonObject rule = new JsonObject();
            rule.add("if", when);
            rule.add(
                    "then",
                    described(
                            record(each.factory().configuration(), List.of("type")),
                            each.factory().description()));
            all.add(rule);
        }
        map.add("allOf", all);
        return anyOf(type, reference(), map);
    }

    private static JsonObject referable(JsonObject schema) {
        return anyOf(schema, reference());
    }

    private static JsonObject reference() {
        return to("reference");
    }

    private static JsonObject definitions() {
        JsonObject reference = described(text(), "Stands for another key, or for a variable of the environment.");
        reference.addProperty("pattern", REFERENCE);
        JsonObject definitions = new JsonObject();
        definitions.add("reference", reference);
        return definitions;
    }

    private static String print(JsonObject schema) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(schema) + "\n";
    }

    private static JsonObject text() {
        JsonObject text = new JsonObject();
        text.addProperty("type", "string");
        return text;
    }

    private static void notEmpty(RecordComponent component, JsonObject schema, String keyword) {
        if (component.isAnnotationPresent(NotEmpty.class)) {
            schema.addProperty(keyword, 1);
        }
    }

    private static JsonObject anyOf(JsonObject... schemas) {
        JsonArray all = new JsonArray();
        Stream.of(schemas).forEach(all::add);
        JsonObject any = new JsonObject();
        any.add("anyOf", all);
        return any;
    }

    private static JsonObject described(JsonObject schema, String description) {
        schema.addProperty("description", description);
        return schema;
    }

    private static JsonObject required(String key) {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", "object"); // to a list, what an object must have says nothing
        schema.add("required", strings(List.of(key)));
        return schema;
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    /** A value of a file as JSON has it. */
    static JsonElement json(Value value) {
        if (value instanceof Value.Items items) {
            JsonArray array = new JsonArray();
            items.values().forEach(each -> array.add(json(each)));
            return array;
        }
        if (value instanceof Value.Fields fields) {
            JsonObject object = new JsonObject();
            fields.fields().forEach((key, field) -> object.add(key, json(field.value())));
            return object;
        }
        Object typed = value instanceof Value.Scalar scalar ? scalar.typed() : "";
        if (typed instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        }
        if (typed instanceof Double number && !Double.isFinite(number)) {
            return new JsonPrimitive(number.toString()); // JSON has no such number, and no key takes it
        }
        if (typed instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return typed instanceof String text ? new JsonPrimitive(text) : JsonNull.INSTANCE;
    }
}
