package io.iedp.io.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle can hold, as data. Besides these there are the boxed types of Java for booleans, whole and real
 * numbers and strings. None of the mutable ones compares its contents: a pickle may nest them without end.
 */
public interface Pickled {
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

    /** A tuple, list or set. */
    final class Items implements Pickled {
        private List<Object> values;

        Items(List<Object> values) {
            this.values = values;
        }

        public List<Object> values() {
            return values;
        }

        void add(List<Object> more) {
            if (values.isEmpty()) {
                values = new ArrayList<>(more.size());
            }
            values.addAll(more);
        }
    }

    /** A dictionary; entries whose key is no string are dropped. */
    final class Dict implements Pickled {
        /** Made for the first entry: a pickle needs no more than a byte for an empty dictionary. */
        private Map<String, Object> entries = Map.of();

        public Map<String, Object> entries() {
            return entries;
        }

        public void put(Object key, Object value) {
            if (key instanceof String name) {
                if (entries.isEmpty()) {
                    entries = new LinkedHashMap<>();
                }
                entries.put(name, value);
            }
        }
    }
}
