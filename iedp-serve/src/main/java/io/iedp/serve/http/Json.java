package io.iedp.serve.http;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.iedp.serve.limits.RequestFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes JSON as it comes, since what a text of numbers takes as objects is many times its length. */
final class Json {
    private Json() {}

    /** Reads something. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonReader json) throws IOException;
    }

    /** Writes something. */
    @FunctionalInterface
    interface Writing {
        void write(JsonWriter json) throws IOException;
    }

    /**
     * @param what the text should be, for messages
     * @throws RequestFailure if it is something else
     */
    static <T> T read(byte[] bytes, int length, String what, Reading<T> reading) {
        try (JsonReader json = new JsonReader(
                new InputStreamReader(new ByteArrayInputStream(bytes, 0, length), StandardCharsets.UTF_8))) {
            json.setStrictness(Strictness.STRICT);
            return reading.read(json);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw RequestFailure.bad("The body is not %s: %s".formatted(what, reason), e);
        }
    }

    static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            json.setFormattingStyle(FormattingStyle.COMPACT);
            json.setHtmlSafe(false);
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is memory
        }
        return bytes.toByteArray();
    }

    /** A number as short as it can be; what is none is null, for which JSON has no other word. */
    static void number(JsonWriter json, float value) throws IOException {
        if (value == (int) value) {
            json.value((int) value);
        } else if (Float.isFinite(value)) {
            json.value(Float.valueOf(value));
        } else {
            json.nullValue();
        }
    }
}
