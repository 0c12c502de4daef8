package io.iedp.io.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pickle refers to by number. Picklers count up from 0, which takes little memory here; any number works. */
final class Memo {
    private final List<Object> counted = new ArrayList<>();
    private final Map<Integer, Object> others = new HashMap<>();

    /** How many numbers stand for something. */
    int size() {
        return counted.size() + others.size();
    }

    void put(int index, Object value) {
        if (index == counted.size()) {
            counted.add(value);
            others.remove(index);
        } else if (index >= 0 && index < counted.size()) {
            counted.set(index, value);
        } else {
            others.put(index, value);
        }
    }

    Optional<Object> get(int index) {
        return Optional.ofNullable(index >= 0 && index < counted.size() ? counted.get(index) : others.get(index));
    }
}
