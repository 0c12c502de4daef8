package io.iedp.datasets.files;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Samples in archives, which training reads nearly from front to back. */
final class ShardDataset implements Dataset {
    private final List<ShardedSample> samples;
    private final int[] starts;
    private final int buffer;
    private final MapFormat format;

    /**
     * @param starts the index of each archive's first sample
     * @param buffer from how many samples the next one is drawn in training
     */
    ShardDataset(List<ShardedSample> samples, int[] starts, int buffer, MapFormat format) {
        this.samples = List.copyOf(samples);
        this.starts = starts.clone();
        this.buffer = buffer;
        this.format = format;
    }

    @Override
    public DatasetInfo info() {
        return format.info();
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Sample get(int index) {
        return samples.get(index).read(format);
    }

    @Override
    public List<String> problems() {
        return samples.stream()
                .map(ShardedSample::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a shuffle buffer over archives in a random order hands out; the buffer itself holds numbers alone. */
    @Override
    public int[] order(Random random) {
        int[] sequence = archivesShuffled(random);
        int[] order = new int[sequence.length];
        int[] held = Arrays.copyOf(sequence, Math.min(buffer, sequence.length));
        int next = held.length;
        int filled = held.length;
        for (int i = 0; i < order.length; i++) {
            int drawn = random.nextInt(filled);
            order[i] = held[drawn];
            held[drawn] = next < sequence.length ? sequence[next++] : held[--filled];
        }
        return order;
    }

    private int[] archivesShuffled(Random random) {
        int[] archives = new int[starts.length];
        for (int i = 0; i < archives.length; i++) {
            int other = random.nextInt(i + 1);
            archives[i] = archives[other];
            archives[other] = i;
        }
        int[] sequence = new int[samples.size()];
        int filled = 0;
        for (int archive : archives) {
            int end = archive + 1 < starts.length ? starts[archive + 1] : samples.size();
            for (int i = starts[archive]; i < end; i++) {
                sequence[filled++] = i;
            }
        }
        return sequence;
    }
}
