package io.iedp.nn.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pickle can hold, as data. Besides these there are the boxed types of Java for booleans, whole and real
 * numbers and strings. None of the mutable ones compares its contents: a pickle may nest them without end.
 */
interface Pickled {
    /** Python's {@code None}, and things of no interest, such as byte strings and sets. */
    enum Nothing implements Pickled {
        NOTHING
    }

    /** The name of a class or function; it is only ever compared. */
    record Global(String module, String name) implements Pickled {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** An object of a class that is not known, and so was not made; what it was to be filled with is kept. */
    final class Unknown implements Pickled {
        private final Global maker;
        private Optional<Dict> state = Optional.empty();

        Unknown(Global maker) {
            this.maker = maker;
        }

        Global maker() {
            return maker;
        }

        Optional<Dict> state() {
            return state;
        }

        void fill(Dict with) {
            state = Optional.of(with);
        }
    }

    /** A tuple, list or set. */
    final class Items implements Pickled {
        private final List<Object> values;

        Items(List<Object> values) {
            this.values = values;
        }

        static Items empty() {
            return new Items(new ArrayList<>());
        }

        List<Object> values() {
            return values;
        }
    }

    /** A dictionary; entries whose key is no string cannot name an array and are dropped. */
    final class Dict implements Pickled {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        Map<String, Object> entries() {
            return entries;
        }

        void put(Object key, Object value) {
            if (key instanceof String name) {
                entries.put(name, value);
            }
        }
    }

    /**
     * Elements in the file that arrays share.
     *
     * @param key its name in the file
     * @param elements how many the whole storage has
     * @param first the first element that belongs to it, if it is itself a part of the one of that key
     */
    record Storage(ElementType type, String key, long elements, long first) implements Pickled {}

    /**
     * An array.
     *
     * @param offset of its first element in the storage
     * @param strides elements from one index to the next, along each axis
     */
    record Tensor(Storage storage, long offset, long[] shape, long[] strides) implements Pickled {}
}
