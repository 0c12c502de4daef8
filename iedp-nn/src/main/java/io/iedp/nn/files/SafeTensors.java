package io.iedp.nn.files;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file in the safetensors format. Arrays are copied from memory-mapped pages, without a second copy on
 * the heap.
 */
public final class SafeTensors implements StoredSource {
    private final MappedFile file;
    private final SafeTensorsHeader header;

    private SafeTensors(MappedFile file, SafeTensorsHeader header) {
        this.file = file;
        this.header = header;
    }

    /**
     * Opens a file and checks its header against its size.
     *
     * @throws UserException if there is no such file, or it is no safetensors file, or it is damaged
     */
    public static SafeTensors open(Path path) {
        MappedFile file = MappedFile.open(path);
        try {
            return new SafeTensors(file, SafeTensorsHeader.read(file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The free-form strings in the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public String description() {
        return file.path().toString();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(header.entries().keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(header.entries().get(name)).map(SafeTensorsHeader.Entry::shape);
    }

    /**
     * One axis of an array.
     *
     * @throws UserException if there is none of that name, or it has no such axis
     */
    public int size(String name, int axis) {
        Shape shape =
                shape(name).orElseThrow(() -> new UserException("%s has no array '%s'".formatted(description(), name)));
        if (axis >= shape.dimension()) {
            throw new UserException("%s: '%s' is %s, which has no axis %s".formatted(description(), name, shape, axis));
        }
        return Math.toIntExact(shape.get(axis));
    }

    @Override
    public StoredArray stored(String name) {
        SafeTensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new UserException("%s has no array '%s'".formatted(description(), name));
        }
        return StoredArray.of(
                entry.type(), entry.shape(), file.map(entry.begin(), entry.size(), "'%s'".formatted(name)));
    }

    /** Closes the file; arrays that were read from it stay valid. */
    @Override
    public void close() {
        file.close();
    }
}
