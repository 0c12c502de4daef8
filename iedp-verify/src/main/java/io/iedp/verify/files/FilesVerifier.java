package io.iedp.verify.files;

import ai.djl.ndarray.NDArray;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases with a model in one file, or in several that hold the same: the same is expected of each. */
public abstract class FilesVerifier implements Verifier {
    @Override
    public final Map<String, NDArray> compute(RecordedCase recorded) {
        CheckpointFolder folder = CheckpointFolder.of(recorded);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        for (Path file : folder.files()) {
            compute(recorded, folder, file).forEach((name, array) -> computed.put(folder.named(name, file), array));
        }
        return computed;
    }

    @Override
    public Map<String, NDArray> expected(RecordedCase recorded) {
        return CheckpointFolder.of(recorded).ofEach(recorded.expected());
    }

    /** {@link Verifier#compute} for one of the files. */
    protected abstract Map<String, NDArray> compute(RecordedCase recorded, CheckpointFolder folder, Path file);
}
