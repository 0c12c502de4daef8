package io.iedp.verify.files;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads PyTorch's own files: every array in each must be the expected one of its name. */
public final class PickleVerifier extends FilesVerifier {
    @Override
    public String kind() {
        return "pickle";
    }

    @Override
    protected Map<String, NDArray> compute(RecordedCase recorded, CheckpointFolder folder, Path file) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        try (StoredSource source = WeightFiles.open(file)) {
            source.names().forEach(name -> computed.put(name, source.readAsStored(name, recorded.manager())));
        }
        return computed;
    }

    /** A file may hold some of the arrays only. */
    @Override
    public Map<String, NDArray> expected(RecordedCase recorded) {
        CheckpointFolder folder = CheckpointFolder.of(recorded);
        Map<String, NDArray> expected = new LinkedHashMap<>();
        for (Path file : folder.files()) {
            try (StoredSource source = WeightFiles.open(file)) {
                for (String name : source.names()) {
                    if (!recorded.expected().containsKey(name)) {
                        throw new UserException("%s holds '%s', which the case does not expect".formatted(file, name));
                    }
                    expected.put(folder.named(name, file), recorded.expected().get(name));
                }
            }
        }
        return expected;
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return new Comparison.Values(Tolerance.absolute(0));
    }
}
