package io.iedp.verify.heads;

import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import io.iedp.verify.RecordedCase;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The weights and hyper-parameters of a recorded case of heads. */
record RecordedWeights(RecordedCase recorded, SafeTensors file) implements AutoCloseable {
    /** A count that PyTorch's batch normalizations keep and that nothing here depends on. */
    private static final String COUNT = "num_batches_tracked";

    static RecordedWeights open(RecordedCase recorded) {
        return new RecordedWeights(recorded, SafeTensors.open(recorded.folder().resolve("model.safetensors")));
    }

    /** {@code cfg} of meta.json. */
    ConfigFile config() {
        Path meta = recorded.folder().resolve("meta.json");
        return ConfigFile.read(meta).section("cfg");
    }

    boolean has(String prefix) {
        return file.names().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /**
     * Makes a head of the arrays whose names begin with one of the prefixes.
     *
     * @param bare the prefix that the head's own names do not have
     */
    <M> Loaded<M> load(List<String> prefixes, String bare, Function<Layers, M> head) {
        RenamedSource source = new RenamedSource(
                file,
                name -> name.endsWith(COUNT) || prefixes.stream().noneMatch(name::startsWith)
                        ? ""
                        : name.startsWith(bare) ? name.substring(bare.length()) : name);
        ModelWeights weights = new ModelWeights(recorded.manager(), 0);
        return new Loaded<>(Layers.load(source, weights.frozen(), recorded.kernels(), head), weights);
    }

    /** A head and its arrays. */
    record Loaded<M>(M head, ModelWeights weights) {}

    @Override
    public void close() {
        file.close();
    }
}
