package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Samples in tar archives, the layout of the WebDataset library: files that share their name up to its first dot are one
 * sample, and the rest of the name tells what each holds.
 */
public final class Shards {
    private static final int SHOWN = 5;

    /** What an experiment file says about the data set {@code webdataset}. */
    public record Config(
            @Doc(
                    "The archives, in order: paths of .tar files. {000..146} stands for each of these numbers, and * in the "
                            + "name of a file for anything.")
            @NotEmpty
            List<String> shards,

            @Doc("Endings of the pictures, of which a sample has one.") @Default("[jpg, jpeg, png]") @NotEmpty
            List<String> image,

            @Doc("Ending of the label maps, 8-bit PNG, such as seg.png; \"\" when there are none.") @Default("''")
            String labels,

            @Doc("Ending of the depth maps, 16-bit PNG, such as depth.png; \"\" when there are none.") @Default("''")
            String depth,

            @Doc("Endings of files with texts, by what they are: {caption: txt}, say.") @Default("{}")
            Map<String, String> texts,

            @Doc(DatasetDocs.DEPTH_UNIT) @Default("0.001") @Range(min = 1e-9, max = 1e6)
            double depthUnit,

            @Doc(DatasetDocs.MAX_DEPTH) @Default("10") @Range(min = 1e-6, max = 1e6)
            double maxDepth,

            @Doc(
                    "Names of the classes, in the order of their labels; without them, classes.txt beside the first archive "
                            + "is read: a name a line, and perhaps a colour, as in 'wall, #9a9a8e'.")
            @Default("[]")
            List<String> classNames,

            @Doc(DatasetDocs.REDUCE_ZERO_LABEL) @Default("false")
            boolean reduceZeroLabel,

            @Doc(DatasetDocs.IGNORE) @Default("[]") @Range(min = 0, max = 255)
            List<Integer> ignore,

            @Doc("In training, archives are read one after the other, in another order each epoch, into a buffer of so "
                    + "many samples; the next sample is any one of it.")
            @Default("1000")
            @Range(min = 1, max = 1e9)
            int shuffleBuffer,

            @Doc(
                    "A folder in which to keep where the files are in each archive, so that archives are gone through at the"
                            + " first start only; one that has changed since is gone through anew.")
            Optional<Path> index,

            @Doc("Use only the first samples.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    private Shards() {}

    /**
     * Finds out where each file is in the archives; no picture is read yet.
     *
     * @throws UserException if an archive is missing or damaged, or the classes are not known
     */
    public static Dataset open(Config config) {
        List<Path> files = ShardNames.expand(config.shards);
        List<ClassInfo> classes = config.labels.isEmpty()
                ? List.of()
                : ClassList.of(config.classNames, files.get(0).resolveSibling("classes.txt"), config.reduceZeroLabel);
        Function<Path, ShardIndex> indexer = config.index
                .<Function<Path, ShardIndex>>map(folder -> new StoredIndex(folder)::of)
                .orElse(ShardIndex::read);
        List<ShardIndex> indices = files.parallelStream().map(indexer).toList();
        List<ShardedSample> samples = new ArrayList<>();
        int[] starts = new int[indices.size()];
        for (int shard = 0; shard < indices.size(); shard++) {
            starts[shard] = samples.size();
            for (Map.Entry<String, Map<String, ShardIndex.Part>> each :
                    indices.get(shard).samples().entrySet()) {
                samples.add(sample(config, files.get(shard), each.getKey(), each.getValue()));
            }
        }
        if (samples.isEmpty()) {
            throw new UserException("There is no sample in %s".formatted(String.join(", ", config.shards)));
        }
        List<ShardedSample> used = Entry.first(samples, config.limit);
        return new ShardDataset(
                used,
                Arrays.stream(starts).filter(start -> start < used.size()).toArray(),
                config.shuffleBuffer,
                MapFormat.inOrder(
                        classes,
                        config.reduceZeroLabel,
                        config.ignore,
                        config.depthUnit,
                        config.depth.isEmpty() ? 0 : config.maxDepth));
    }

    /** The case of endings does not count, as in the WebDataset library. */
    private static ShardedSample sample(Config config, Path shard, String key, Map<String, ShardIndex.Part> stored) {
        Map<String, ShardIndex.Part> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        parts.putAll(stored);
        if (parts.size() < stored.size()) {
            throw new UserException("%s: the sample '%s' has files whose endings differ in their case alone: %s"
                    .formatted(shard, key, shown(stored)));
        }
        Map<String, ShardIndex.Part> texts = new HashMap<>();
        config.texts.forEach((name, ending) -> {
            if (parts.containsKey(ending)) {
                texts.put(name, parts.get(ending));
            }
        });
        List<String> lacking = new ArrayList<>();
        Optional<ShardIndex.Part> image =
                config.image.stream().filter(parts::containsKey).map(parts::get).findFirst();
        if (image.isEmpty()) {
            lacking.add("." + String.join(" or .", config.image));
        }
        for (String ending : List.of(config.labels, config.depth)) {
            if (!ending.isEmpty() && !parts.containsKey(ending)) {
                lacking.add("." + ending);
            }
        }
        return new ShardedSample(
                shard,
                key,
                image,
                Optional.ofNullable(parts.get(config.labels)),
                Optional.ofNullable(parts.get(config.depth)),
                texts,
                lacking.isEmpty()
                        ? Optional.empty()
                        : Optional.of("%s: the sample '%s' has no %s, but %s"
                                .formatted(shard, key, String.join(" and no ", lacking), shown(stored))));
    }

    private static String shown(Map<String, ShardIndex.Part> parts) {
        return "."
                + String.join(", .", parts.keySet().stream().limit(SHOWN).toList())
                + (parts.size() > SHOWN ? ", ..." : "");
    }
}
