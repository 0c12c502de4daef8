package io.iedp.io.pickle;

import io.iedp.api.UserException;
import io.iedp.io.pickle.Pickled.Global;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Pickles of plain values: numbers, strings, lists, tuples and dictionaries. One that wants anything made or run is
 * refused.
 */
public final class PlainPickle {
    /** Three times what the 142,209 expressions of RefCOCO take; each makes at most one small object. */
    private static final int MAX_STEPS = 20_000_000;

    private static final Calls NONE = new Calls() {
        @Override
        public Object global(Global name) {
            throw new BrokenPickle(
                    "it wants to run %s, which is never done: only plain values are read".formatted(name));
        }

        @Override
        public Object call(Object callable, Object arguments) {
            throw new BrokenPickle("it wants to run something: only plain values are read");
        }

        @Override
        public void build(Object target, Object state) {
            throw new BrokenPickle("it wants to fill an object: only plain values are read");
        }

        @Override
        public Object persistent(Object reference) {
            throw new BrokenPickle("it refers to something outside of it: only plain values are read");
        }
    };

    private PlainPickle() {}

    /**
     * The value in a file.
     *
     * @return a {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link Double} or {@link String}, or one of
     *     {@link Pickled}
     * @throws UserException if the file is missing, unreadable, damaged, or wants more than plain values
     */
    public static Object read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new BrokenPickle("it has %s bytes, which is absurd".formatted(channel.size()));
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return new Unpickler(bytes, MAX_STEPS, NONE).read();
        } catch (NoSuchFileException e) {
            throw new UserException("There is no file %s".formatted(file), e);
        } catch (BrokenPickle e) {
            throw new UserException("%s cannot be read as a pickle: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e), e);
        }
    }
}
