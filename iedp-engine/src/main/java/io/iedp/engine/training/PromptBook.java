package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words that guide a branch for each sample, from which those of others are taken. */
final class PromptBook {
    /**
     * What is known of a sample.
     *
     * @param classes that its labels have
     */
    private record Entry(String words, Optional<BitSet> classes) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * @param words that guide the branch for the sample
     */
    void add(Sample sample, String words) {
        entries.put(
                sample.name(),
                new Entry(
                        words,
                        Optional.ofNullable(sample.targets().get(Sample.LABELS)).map(Raster::classes)));
    }

    /**
     * The words for each sample, by its name.
     *
     * @throws UserException if there is only one sample, or no labels tell what pictures have in common
     */
    Map<String, String> words(Prompts prompts) {
        List<String> names = List.copyOf(entries.keySet());
        List<Entry> all = List.copyOf(entries.values());
        if (all.size() < 2 && (prompts == Prompts.SHUFFLED || prompts == Prompts.WRONG)) {
            throw new UserException("There is only one picture, so there are no words of another one.");
        }
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            words.put(
                    names.get(i),
                    switch (prompts) {
                        case TRUE -> all.get(i).words;
                        case EMPTY -> "";
                        case SHUFFLED -> all.get((i + all.size() / 2) % all.size()).words;
                        case WRONG -> all.get(farthest(all, i)).words;
                    });
        }
        return words;
    }

    /** The first after a sample of those with which it shares the smallest part of the classes of both. */
    private static int farthest(List<Entry> all, int index) {
        BitSet own = classes(all.get(index));
        int farthest = -1;
        double least = Double.MAX_VALUE;
        for (int step = 1; step < all.size(); step++) {
            int other = (index + step) % all.size();
            BitSet classes = classes(all.get(other));
            BitSet shared = (BitSet) own.clone();
            shared.and(classes);
            int either = own.cardinality() + classes.cardinality() - shared.cardinality();
            double share = (double) shared.cardinality() / Math.max(1, either);
            if (share < least) {
                least = share;
                farthest = other;
            }
        }
        return farthest;
    }

    private static BitSet classes(Entry entry) {
        return entry.classes.orElseThrow(
                () -> new UserException(
                        "Wrong prompts are those of pictures with other classes, but these pictures have no labels. Shuffled prompts need none."));
    }
}
