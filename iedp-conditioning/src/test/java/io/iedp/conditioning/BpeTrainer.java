package io.iedp.conditioning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns byte-pair merges from a list of words (Sennrich et al., 2016), to make the small vocabulary: in
 * each round the most frequent pair becomes one part; of equally frequent ones, the first in alphabetical order.
 */
final class BpeTrainer {
    private final List<List<String>> words;

    BpeTrainer(List<String> words) {
        this.words = new ArrayList<>(words.stream()
                .map(word -> {
                    List<String> parts = ByteLetters.split(word);
                    parts.set(parts.size() - 1, parts.get(parts.size() - 1) + "</w>");
                    return parts;
                })
                .toList());
    }

    /** The merges, each as {@code left right}, until every word is one part. */
    List<String> merges() {
        List<String> merges = new ArrayList<>();
        while (true) {
            Map<String, Integer> pairs = new TreeMap<>();
            for (List<String> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    pairs.merge(word.get(i) + " " + word.get(i + 1), 1, Integer::sum);
                }
            }
            String best = pairs.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse("");
            if (best.isEmpty()) {
                return merges;
            }
            merges.add(best);
            String[] pair = best.split(" ");
            words.replaceAll(word -> join(word, pair[0], pair[1]));
        }
    }

    private static List<String> join(List<String> word, String left, String right) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            boolean match = i + 1 < word.size()
                    && word.get(i).equals(left)
                    && word.get(i + 1).equals(right);
            joined.add(match ? left + right : word.get(i));
            i += match ? 1 : 0;
        }
        return joined;
    }

    /** The vocabulary in CLIP's order: bytes, bytes that end a word, merges, start and end of a text. */
    static Map<String, Integer> vocabulary(List<String> merges) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        List<String> letters = ByteLetters.inVocabularyOrder();
        letters.forEach(letter -> vocabulary.put(letter, vocabulary.size()));
        letters.forEach(letter -> vocabulary.put(letter + "</w>", vocabulary.size()));
        merges.forEach(merge -> vocabulary.put(merge.replace(" ", ""), vocabulary.size()));
        vocabulary.put("<|startoftext|>", vocabulary.size());
        vocabulary.put("<|endoftext|>", vocabulary.size());
        return vocabulary;
    }
}
