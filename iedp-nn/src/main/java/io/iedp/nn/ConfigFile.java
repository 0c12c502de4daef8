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
    /** Bytes of a file; captions of a hundred thousand pictures take a tenth of it. */
    private static final long LARGEST = 256 << 20;

    /**
     * @throws UserException if the file is missing, absurdly large or no JSON object
     */
    public static ConfigFile read(Path file) {
        JsonElement json;
        try {
            if (Files.size(file) > LARGEST) {
                throw new UserException("%s has more than %s MiB, which is absurd".formatted(file, LARGEST >> 20));
            }
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

    /** The objects of the list under that key. */
    public List<ConfigFile> sections(String key) {
        return list(
                key,
                "a list of objects",
                JsonElement::isJsonObject,
                each -> new ConfigFile(each.getAsJsonObject(), description + ", " + key));
    }

    public int integer(String key) {
        return value(key, "a whole number", ConfigFile::isInteger, ConfigFile::toInt);
    }

    public int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    /** A number of things, from 1 to the most that make sense, which lets nothing be allocated that cannot be meant. */
    public int size(String key, int most) {
        return value(key, "a whole number from 1 to " + most, each -> isSize(each, most), ConfigFile::toInt);
    }

    public int size(String key, int most, int otherwise) {
        return has(key) ? size(key, most) : otherwise;
    }

    /** One {@link #size} or more. */
    public List<Integer> sizes(String key, int most) {
        return list(key, "a list of whole numbers from 1 to " + most, each -> isSize(each, most), ConfigFile::toInt);
    }

    /** A list of sizes, or one that stands for a list of that length. */
    public List<Integer> sizes(String key, int count, int most) {
        return has(key) && json.get(key).isJsonArray() ? sizes(key, most) : Collections.nCopies(count, size(key, most));
    }

    /** A number that is neither infinite nor none. */
    public double number(String key, double otherwise) {
        return has(key) ? value(key, "a number", ConfigFile::isFinite, JsonElement::getAsDouble) : otherwise;
    }

    /**
     * A number above zero.
     *
     * @param most the largest
     */
    public double positive(String key, double most, double otherwise) {
        return has(key)
                ? value(
                        key,
                        "a number above 0, up to %s".formatted(most),
                        each -> isFinite(each) && each.getAsDouble() > 0 && each.getAsDouble() <= most,
                        JsonElement::getAsDouble)
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
        return list(key, "a list of whole numbers", ConfigFile::isInteger, ConfigFile::toInt);
    }

    public List<Double> numbers(String key) {
        return list(key, "a list of numbers", ConfigFile::isFinite, JsonElement::getAsDouble);
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
        return isPrimitive(element, double.class)
                && Math.abs(element.getAsDouble()) <= Integer.MAX_VALUE
                && element.getAsDouble() == Math.rint(element.getAsDouble());
    }

    /** Also of 1e3 and 1.0, and of numbers with more digits than the JSON library counts. */
    private static int toInt(JsonElement element) {
        return (int) element.getAsDouble();
    }

    private static boolean isSize(JsonElement element, int most) {
        return isInteger(element) && element.getAsDouble() >= 1 && element.getAsDouble() <= most;
    }

    private static boolean isFinite(JsonElement element) {
        return isPrimitive(element, double.class) && Double.isFinite(element.getAsDouble());
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
