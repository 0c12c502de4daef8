package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.task.MetricTable;
import io.iedp.conditioning.ClipTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How well the cross-attention to the name of a class tells the pixels of that class from all others: the area under the
 * ROC curve, 0.5 by chance. Maps are means over layers, heads and timesteps (Tang et al., 2023, section 3).
 */
final class WordAttention {
    private final ClipTokenizer tokenizer;
    private final int tokens;
    private final List<String> classes;
    private final List<long[]> names;
    private final double[] sums;
    private final long[] counts;

    /**
     * @param tokens of a caption
     * @param classes their names, by label
     */
    WordAttention(ClipTokenizer tokenizer, int tokens, List<String> classes) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.classes = List.copyOf(classes);
        this.names = classes.stream().map(this::name).toList();
        this.sums = new double[names.size()];
        this.counts = new long[names.size()];
    }

    /** The tokens of a name, without those of begin and end. */
    private long[] name(String text) {
        long[] ids = tokenizer.encode(text, tokens);
        long end = tokenizer.encode("", 2)[1];
        int length = IntStream.range(1, ids.length)
                .filter(i -> ids[i] == end)
                .findFirst()
                .orElse(ids.length);
        return Arrays.copyOfRange(ids, 1, length);
    }

    /**
     * @param samples those with labels count
     * @param maps (B, T, h, w)
     */
    void add(List<Sample> samples, NDArray maps) {
        Shape shape = maps.getShape();
        int cells = Math.toIntExact(shape.get(2) * shape.get(3));
        float[] all = maps.toFloatArray();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (!sample.targets().containsKey(Sample.LABELS)) {
                continue;
            }
            long[] caption = tokenizer.encode(sample.texts().get(Sample.CAPTION), tokens);
            for (int label = 0; label < names.size(); label++) {
                List<Integer> places = places(names.get(label), caption);
                if (!places.isEmpty()) {
                    float[] map = new float[cells];
                    for (int place : places) {
                        int from = Math.toIntExact((i * shape.get(1) + place) * cells);
                        for (int j = 0; j < cells; j++) {
                            map[j] += all[from + j];
                        }
                    }
                    add(label, area(map, (int) shape.get(3), sample.target(Sample.LABELS), label));
                }
            }
        }
    }

    private void add(int label, OptionalDouble area) {
        area.ifPresent(value -> {
            sums[label] += value;
            counts[label]++;
        });
    }

    private static List<Integer> places(long[] name, long[] caption) {
        List<Integer> places = new ArrayList<>();
        for (int from = 0; name.length > 0 && from + name.length <= caption.length; from++) {
            if (Arrays.equals(name, 0, name.length, caption, from, from + name.length)) {
                IntStream.range(from, from + name.length).forEach(places::add);
            }
        }
        return places;
    }

    /**
     * The probability that a pixel of a class has more attention than one of another class, half of it where they have the
     * same.
     *
     * @param map of cells, row by row
     * @return empty if the picture shows only that class, or nothing of it
     */
    static OptionalDouble area(float[] map, int columns, Raster labels, int label) {
        int rows = map.length / columns;
        long[] inside = new long[map.length];
        long[] outside = new long[map.length];
        for (int y = 0; y < labels.height(); y++) {
            for (int x = 0; x < labels.width(); x++) {
                float value = labels.values()[y * labels.width() + x];
                if (value != labels.invalid()) {
                    int cell = y * rows / labels.height() * columns + x * columns / labels.width();
                    (value == label ? inside : outside)[cell]++;
                }
            }
        }
        Integer[] order = IntStream.range(0, map.length)
                .boxed()
                .sorted(Comparator.comparing(i -> map[i]))
                .toArray(Integer[]::new);
        double won = 0;
        long below = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long insideHere = 0;
            long outsideHere = 0;
            while (to < order.length && map[order[to]] == map[order[from]]) {
                insideHere += inside[order[to]];
                outsideHere += outside[order[to]];
                to++;
            }
            won += insideHere * (below + outsideHere / 2.0);
            below += outsideHere;
            from = to;
        }
        double pairs = (double) Arrays.stream(inside).sum() * below;
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(won / pairs);
    }

    /** The mean over all pairs of a picture and a class that its caption names; empty if there are none. */
    OptionalDouble mean() {
        long count = Arrays.stream(counts).sum();
        return count == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(sums).sum() / count);
    }

    /** The mean over the pictures of each class, of those that captions name. */
    MetricTable byClass() {
        List<List<String>> rows = IntStream.range(0, counts.length)
                .filter(label -> counts[label] > 0)
                .mapToObj(label -> List.of(
                        classes.get(label),
                        String.format(Locale.ROOT, "%.3f", sums[label] / counts[label]),
                        Long.toString(counts[label])))
                .toList();
        return new MetricTable(
                "Attention to the names of classes", List.of("class", "attention AUC", "pictures"), rows);
    }
}
