package io.iedp.nn.files;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Weights in several files beside an index, {@code *.index.json}, whose {@code weight_map} says which array is in
 * which file.
 */
final class ShardedSource implements StoredSource {
    private static final long MAX_INDEX = 16 << 20;

    private final Path index;
    private final Map<String, StoredSource> shards = new HashMap<>();
    private final Map<String, StoredSource> arrays = new LinkedHashMap<>();

    private ShardedSource(Path index) {
        this.index = index;
    }

    /**
     * @throws UserException if the index or one of the files is missing or damaged, or they contradict each other
     */
    static ShardedSource open(Path index) {
        ShardedSource source = new ShardedSource(index);
        try {
            source.read();
            return source;
        } catch (UserException e) {
            source.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            // Gson has an exception of its own kind for each way in which JSON is not what was asked for.
            source.close();
            throw new UserException("%s cannot be read: %s".formatted(index, e.getMessage()), e);
        }
    }

    private void read() throws IOException {
        if (!Files.isRegularFile(index)) {
            throw new UserException("There is no weights index %s".formatted(index));
        }
        if (Files.size(index) > MAX_INDEX) {
            throw new UserException("%s has %s bytes; more than %s are absurd for an index"
                    .formatted(index, Files.size(index), MAX_INDEX));
        }
        JsonObject json = JsonParser.parseString(Files.readString(index)).getAsJsonObject();
        if (!json.has("weight_map")) {
            throw new UserException("%s is no index of weights: it has no weight_map".formatted(index));
        }
        for (Map.Entry<String, JsonElement> each :
                json.getAsJsonObject("weight_map").entrySet()) {
            arrays.put(each.getKey(), shard(each.getValue().getAsString()));
        }
        check();
    }

    private StoredSource shard(String name) {
        if (name.contains("/") || name.contains("\\") || name.endsWith(".json")) {
            throw new UserException("%s names the file '%s', which does not lie beside it".formatted(index, name));
        }
        return shards.computeIfAbsent(name, file -> WeightFiles.open(index.resolveSibling(file)));
    }

    private void check() {
        arrays.forEach((name, shard) -> {
            if (shard.shape(name).isEmpty()) {
                throw new UserException(
                        "%s has no array '%s', but %s says so".formatted(shard.description(), name, index));
            }
        });
        for (StoredSource shard : shards.values()) {
            for (String name : shard.names()) {
                if (arrays.get(name) != shard) {
                    throw new UserException("%s has an array '%s', of which %s does not say so"
                            .formatted(shard.description(), name, index));
                }
            }
        }
    }

    @Override
    public String description() {
        return index.toString();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(arrays.keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(arrays.get(name)).flatMap(shard -> shard.shape(name));
    }

    @Override
    public StoredArray stored(String name) {
        StoredSource shard = arrays.get(name);
        if (shard == null) {
            throw new UserException("%s has no array '%s'".formatted(index, name));
        }
        return shard.stored(name);
    }

    @Override
    public void close() {
        shards.values().forEach(StoredSource::close);
    }
}
