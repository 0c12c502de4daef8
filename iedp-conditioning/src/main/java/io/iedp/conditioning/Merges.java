package io.iedp.conditioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The rules of byte-pair encoding (Sennrich et al., 2016): which neighbours are joined, and which of them first. */
final class Merges {
    private final Map<Pair, Integer> ranks = new HashMap<>();
    private int rules;

    private record Pair(String left, String right) {}

    /** A further rule, which comes after all others. */
    void add(String left, String right) {
        ranks.put(new Pair(left, right), rules++);
    }

    /** How many rules there are. */
    int size() {
        return rules;
    }

    /** The rules in their order, as merges.txt has them. */
    List<String> rules() {
        return ranks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(each -> each.getKey().left() + " " + each.getKey().right())
                .toList();
    }

    /** Joins the best-ranked pair, everywhere, until none is left; the time is that of sorting the parts. */
    List<String> apply(List<String> parts) {
        return new Joining(parts).joined();
    }

    /** The parts of one word, each of which knows its neighbours. */
    private final class Joining {
        private final String[] parts;
        private final int[] before;
        private final int[] after;
        private final PriorityQueue<Place> places = new PriorityQueue<>();

        /** A pair that a rule joins. */
        private record Place(int rank, int left) implements Comparable<Place> {
            @Override
            public int compareTo(Place other) {
                int order = Integer.compare(rank, other.rank);
                return order != 0 ? order : Integer.compare(left, other.left);
            }
        }

        Joining(List<String> letters) {
            int count = letters.size();
            parts = letters.toArray(String[]::new);
            before = new int[count];
            after = new int[count];
            for (int i = 0; i < count; i++) {
                before[i] = i - 1;
                after[i] = i + 1;
            }
            for (int i = 0; i < count; i++) {
                find(i);
            }
        }

        List<String> joined() {
            List<Integer> made = new ArrayList<>();
            while (!places.isEmpty()) {
                int rank = places.peek().rank();
                // A rule is applied from left to right before the pairs that it makes are looked at.
                made.clear();
                while (!places.isEmpty() && places.peek().rank() == rank) {
                    int left = places.poll().left();
                    if (rank(left) == rank) {
                        join(left);
                        made.add(left);
                    }
                }
                for (int left : made) {
                    find(before[left]);
                    find(left);
                }
            }
            return Arrays.stream(parts).filter(part -> part != null).toList();
        }

        private void join(int left) {
            int right = after[left];
            parts[left] += parts[right];
            parts[right] = null;
            after[left] = after[right];
            if (after[left] < parts.length) {
                before[after[left]] = left;
            }
        }

        private void find(int left) {
            int rank = rank(left);
            if (rank >= 0) {
                places.add(new Place(rank, left));
            }
        }

        /** Of the pair that begins there; -1 if no rule joins it. */
        private int rank(int left) {
            return left < 0 || parts[left] == null || after[left] >= parts.length
                    ? -1
                    : ranks.getOrDefault(new Pair(parts[left], parts[after[left]]), -1);
        }
    }
}
