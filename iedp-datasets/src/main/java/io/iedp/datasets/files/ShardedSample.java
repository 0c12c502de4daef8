package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A sample in an archive.
 *
 * @param key its name in the archive
 * @param problem what it lacks, as a sentence
 */
record ShardedSample(
        Path shard,
        String key,
        Optional<ShardIndex.Part> image,
        Optional<ShardIndex.Part> labels,
        Optional<ShardIndex.Part> depth,
        Map<String, ShardIndex.Part> texts,
        Optional<String> problem) {
    private static final int LONGEST_TEXT = 16 << 20;

    Sample read(MapFormat format) {
        if (problem.isPresent()) {
            throw new UserException(problem.get());
        }
        Map<String, String> words = new HashMap<>();
        texts.forEach((name, part) -> words.put(name, text(name, part)));
        return format.sample(
                name(),
                image.map(part -> stored(part, "picture")).orElseThrow(),
                labels.map(part -> stored(part, "label map")),
                depth.map(part -> stored(part, "depth map")),
                words);
    }

    private String text(String name, ShardIndex.Part part) {
        if (part.size() > LONGEST_TEXT) {
            throw new UserException("%s: the %s of '%s' has %s bytes; more than %s are absurd for a text"
                    .formatted(shard, name, key, part.size(), LONGEST_TEXT));
        }
        return new String(part.read(shard), StandardCharsets.UTF_8).strip();
    }

    /** Keys of several archives may be the same. */
    private String name() {
        String archive = shard.getFileName().toString().replaceFirst("\\.tar$", "");
        return Entry.name(archive + "/" + key.replaceFirst("^[./]+", ""));
    }

    private StoredImage stored(ShardIndex.Part part, String what) {
        return new StoredImage("%s: the %s of '%s'".formatted(shard, what, key), part.read(shard));
    }
}
