package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.config.experiment.Experiment;
import io.iedp.nn.Gradients;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps what frozen encoders make of samples as files, one a sample, under a digest of all that it depends on: the
 * transformed picture, for guidance the sample's texts and targets too, and the encoder with its weights. Samples are encoded
 * one by one, so that the result is the same whatever is known already. Files are written whole or not at all; one that
 * is damaged is made again.
 *
 * <p>The models of one run share it, each on a thread and a device of its own: what one of them is making, another waits for.
 */
public final class EncodingCache {
    private final EncodingFiles files;
    private final Map<String, Object> beingMade = new ConcurrentHashMap<>();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong made = new AtomicLong();

    /**
     * @param limit in bytes
     * @throws UserException if the folder cannot be made or read
     */
    public EncodingCache(Path folder, long limit) {
        files = new EncodingFiles(folder, limit);
    }

    /** The cache that an experiment asks for, if it does. */
    static Optional<EncodingCache> of(Experiment.Cache settings) {
        return settings.folder().map(folder -> new EncodingCache(folder, (long) settings.mebibytes() << 20));
    }

    /** How many encodings were found so far. */
    public long found() {
        return found.get();
    }

    /** How many had to be made. */
    public long made() {
        return made.get();
    }

    /**
     * What an encoder makes of a batch.
     *
     * @param encoder tells this encoder with its weights from all others
     * @param withTruth whether it looks at the texts and targets of samples, not at their pictures alone
     * @param batch whose pixels, if they are the samples' own, may be padded
     * @param encode gives arrays of 32 bits or whole numbers whose first axis is the batch
     */
    public NDList encode(String encoder, boolean withTruth, Batch batch, Function<Batch, NDList> encode) {
        if (withTruth && batch.samples().size() != batch.size()) {
            return encode.apply(batch);
        }
        return Scopes.keepAll(() -> {
            try (Gradients.Recording off = Gradients.pause()) {
                List<NDList> parts = new ArrayList<>();
                for (int i = 0; i < batch.size(); i++) {
                    int index = i;
                    String key = EncodingKey.of(encoder, withTruth, batch, index);
                    parts.add(encodeOne(key, batch.pixels().getManager(), () -> encode.apply(one(batch, index))));
                }
                NDList stacked = new NDList();
                for (int array = 0; array < parts.get(0).size(); array++) {
                    int position = array;
                    stacked.add(NDArrays.concat(
                            new NDList(parts.stream()
                                    .map(part -> part.get(position))
                                    .toList()),
                            0));
                }
                return stacked;
            }
        });
    }

    private NDList encodeOne(String key, NDManager manager, Supplier<NDList> encode) {
        Optional<NDList> known = find(key, manager);
        if (known.isPresent()) {
            return known.get();
        }
        synchronized (beingMade.computeIfAbsent(key, each -> new Object())) {
            try {
                return find(key, manager).orElseGet(() -> make(key, encode.get()));
            } finally {
                beingMade.remove(key);
            }
        }
    }

    private Optional<NDList> find(String key, NDManager manager) {
        Optional<NDList> known = files.read(key, manager);
        known.ifPresent(arrays -> found.incrementAndGet());
        return known;
    }

    private NDList make(String key, NDList encoded) {
        made.incrementAndGet();
        if (!encoded.isEmpty()) {
            files.write(key, encoded);
        }
        return encoded;
    }

    private static Batch one(Batch batch, int index) {
        Map<String, NDArray> targets = new LinkedHashMap<>();
        batch.targets().forEach((name, target) -> targets.put(name, Slices.rows(target, index, index + 1)));
        List<Sample> samples =
                batch.samples().size() == batch.size() ? List.of(batch.samples().get(index)) : batch.samples();
        return new Batch(Slices.rows(batch.pixels(), index, index + 1), targets, samples, batch.unchanged());
    }
}
