package io.iedp.nn;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A model's {@code config.json}, in the form of the diffusers and transformers libraries. A key that is
 * null counts as missing.
 *
 * @param json the file, or a section of it
 * @param description where it is, for messages
 */
public record ConfigFile(JsonObject json, String description) {
    /**
     * @throws UserException if the file is missing or no JSON object
     */
    public static ConfigFile read(Path file) {
        JsonElement json;
        try {
            json = JsonParser.parseString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UserException("%s is missing".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw new UserException("%s is no text in UTF-8".formatted(file), e);
        } catch (JsonParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UserException("%s is no JSON: %s".formatted(file, cause.getMessage()), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        if (!json.isJsonObject()) {
            throw new UserException("%s must hold a JSON object".formatted(file));
        }
        return new ConfigFile(json.getAsJsonObject(), file.toString());
    }

    public boolean has(String key) {
        return json.has(key) && !json.get(key).isJsonNull();
    }

    /** The object under that key. */
    public ConfigFile section(String key) {
        return new ConfigFile(
                value(key, "an object", JsonElement::isJsonObject, JsonElement::getAsJsonObject),
                description + ", " + key);
    }

    public int integer(String key) {
        return value(key, "a whole number", ConfigFile::isInteger, JsonElement::getAsInt);
    }

    public int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    public double number(String key, double otherwise) {
        return has(key)
                ? value(key, "a number", each -> isPrimitive(each, double.class), JsonElement::getAsDouble)
                : otherwise;
    }

    public boolean flag(String key, boolean otherwise) {
        return has(key)
                ? value(key, "true or false", each -> isPrimitive(each, boolean.class), JsonElement::getAsBoolean)
                : otherwise;
    }

    public String string(String key) {
        return value(key, "a string", each -> isPrimitive(each, String.class), JsonElement::getAsString);
    }

    public String string(String key, String otherwise) {
        return has(key) ? string(key) : otherwise;
    }

    public List<String> strings(String key) {
        return list(key, "a list of strings", each -> isPrimitive(each, String.class), JsonElement::getAsString);
    }

    public List<Integer> integers(String key) {
        return list(key, "a list of whole numbers", ConfigFile::isInteger, JsonElement::getAsInt);
    }

    /** A list of whole numbers, or one that stands for a list of that length. */
    public List<Integer> integers(String key, int count) {
        return has(key) && json.get(key).isJsonArray() ? integers(key) : Collections.nCopies(count, integer(key));
    }

    /**
     * Refuses a model that is not implemented.
     *
     * @param supported the values that the key may have, if it is there; a list of equal elements counts as one
     * @throws UserException if it has another
     */
    public void expect(String key, Object... supported) {
        if (!has(key)) {
            return;
        }
        List<JsonElement> allowed =
                Arrays.stream(supported).map(new Gson()::toJsonTree).toList();
        JsonElement value = json.get(key);
        List<JsonElement> elements =
                value instanceof JsonArray array && !array.isEmpty() ? array.asList() : List.of(value);
        if (!elements.stream().allMatch(each -> allowed.stream().anyMatch(other -> equal(each, other)))) {
            throw wrong("%s is %s; this is supported: %s".formatted(key, value, allowed));
        }
    }

    /**
     * Makes something of the values in this file.
     *
     * @param maker throws an {@link IllegalArgumentException} when the values do not fit together
     * @throws UserException with what it says, and where
     */
    public <T> T make(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    /** The error that something in this file does not work. */
    public UserException wrong(String problem) {
        return new UserException("%s: %s".formatted(description, problem));
    }

    private static boolean equal(JsonElement a, JsonElement b) {
        return isPrimitive(a, double.class) && isPrimitive(b, double.class)
                ? a.getAsDouble() == b.getAsDouble()
                : a.equals(b);
    }

    private static boolean isInteger(JsonElement element) {
        return isPrimitive(element, double.class) && element.getAsDouble() == Math.rint(element.getAsDouble());
    }

    private static boolean isPrimitive(JsonElement element, Class<?> type) {
        return element.isJsonPrimitive()
                && (type == String.class
                        ? element.getAsJsonPrimitive().isString()
                        : type == boolean.class
                                ? element.getAsJsonPrimitive().isBoolean()
                                : element.getAsJsonPrimitive().isNumber());
    }

    private <T> List<T> list(String key, String what, Predicate<JsonElement> check, Function<JsonElement, T> convert) {
        return value(
                key,
                what,
                each -> each instanceof JsonArray array
                        && array.asList().stream().allMatch(check),
                each -> each.getAsJsonArray().asList().stream().map(convert).toList());
    }

    private <T> T value(String key, String what, Predicate<JsonElement> check, Function<JsonElement, T> convert) {
        if (!has(key)) {
            throw wrong("%s is missing; it must be %s".formatted(key, what));
        }
        JsonElement value = json.get(key);
        if (!check.test(value)) {
            throw wrong("%s is %s, but must be %s".formatted(key, value, what));
        }
        return convert.apply(value);
    }
}
