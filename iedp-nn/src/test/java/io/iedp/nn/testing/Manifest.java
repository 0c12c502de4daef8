package io.iedp.nn.testing;

import ai.djl.ndarray.types.Shape;
import io.iedp.nn.files.StoredArray;
import io.iedp.nn.files.StoredSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Names and shapes of all arrays in a published file, which were taken from the original classes at full size. */
public record Manifest(String description, Map<String, Shape> shapes) implements StoredSource {
    /**
     * @param name {@code sd15-unet}, {@code sd21-unet}, {@code sd15-vae}, {@code clip-text}, {@code clip-vision} or
     *     {@code sd15-compvis}
     */
    public static Manifest of(String name) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Manifest.class.getResourceAsStream(name + ".txt.gz")), StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.split(" ", -1)).forEach(parts -> shapes.put(parts[0], parsed(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Manifest(name, shapes);
    }

    private static Shape parsed(String text) {
        return text.isEmpty()
                ? new Shape()
                : new Shape(Arrays.stream(text.split(",", -1))
                        .mapToLong(Long::parseLong)
                        .toArray());
    }

    /** The arrays whose names pass. */
    public Map<String, Shape> shapes(Predicate<String> wanted) {
        return shapes.entrySet().stream()
                .filter(each -> wanted.test(each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** All shapes of a source. */
    public static Map<String, Shape> shapesOf(StoredSource source) {
        return source.names().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> source.shape(name).orElseThrow()));
    }

    @Override
    public Set<String> names() {
        return shapes.keySet();
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(shapes.get(name));
    }

    @Override
    public StoredArray stored(String name) {
        throw new UnsupportedOperationException("A manifest has no values");
    }

    @Override
    public void close() {}
}
