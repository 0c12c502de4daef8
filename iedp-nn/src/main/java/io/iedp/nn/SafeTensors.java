package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file in the safetensors format. Arrays are copied from memory-mapped pages, without a second copy on
 * the heap.
 */
public final class SafeTensors implements WeightSource {
    private final Path file;
    private final FileChannel channel;
    private final SafeTensorsHeader header;

    private SafeTensors(Path file, FileChannel channel, SafeTensorsHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file and checks its header against its size.
     *
     * @throws UserException if there is no such file, or it is no safetensors file, or it is cut short
     */
    public static SafeTensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserException("There is no weights file %s".formatted(file));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            return new SafeTensors(file, channel, SafeTensorsHeader.read(file, channel));
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            throw e instanceof UserException user
                    ? user
                    : new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The free-form strings in the header. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public String description() {
        return file.toString();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(header.entries().keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(header.entries().get(name)).map(SafeTensorsHeader.Entry::shape);
    }

    @Override
    public NDArray read(String name, NDManager manager) {
        NDArray stored = readAsStored(name, manager);
        if (stored.getDataType() == DataType.FLOAT32) {
            return stored;
        }
        try (stored) {
            return stored.toType(DataType.FLOAT32, true);
        }
    }

    /** Reads one array in the type that the file has it in; bfloat16, which DJL lacks, as 32-bit floats. */
    public NDArray readAsStored(String name, NDManager manager) {
        SafeTensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new UserException("%s has no array '%s'".formatted(file, name));
        }
        if (entry.size() == 0) {
            return manager.create(entry.shape(), entry.type().arrayType());
        }
        try {
            MappedByteBuffer pages = channel.map(FileChannel.MapMode.READ_ONLY, entry.begin(), entry.size());
            pages.order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer bytes = entry.type() == SafeTensorsType.BF16 ? widen(pages) : pages;
            try (NDArray view =
                    manager.create(bytes, entry.shape(), entry.type().arrayType())) {
                return view.duplicate();
            }
        } catch (IOException e) {
            throw new UserException("%s: '%s' cannot be read: %s".formatted(file, name, e.getMessage()), e);
        }
    }

    /** A bfloat16 is the upper half of a 32-bit float. */
    private static ByteBuffer widen(ByteBuffer halves) {
        ByteBuffer floats = ByteBuffer.allocateDirect(halves.remaining() * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (halves.hasRemaining()) {
            floats.putInt((halves.getShort() & 0xffff) << 16);
        }
        return floats.flip();
    }

    /** Closes the file; arrays that were read from it stay valid. */
    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written, so nothing can be lost.
        }
    }
}
