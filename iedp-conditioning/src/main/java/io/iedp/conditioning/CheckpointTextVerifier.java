package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.api.verify.RecordedCase;
import io.iedp.api.verify.Verifier;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.nn.verify.CheckpointFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of CompVis' LatentDiffusion in a single file: its text encoder. */
final class CheckpointTextVerifier implements Verifier {
    /** The text encoder in a file, with sizes of its own, as shapes do not tell all. */
    private record Published(Path file, ConfigFile config) implements ClipWeights {
        @Override
        public String encoder() {
            return "text";
        }

        @Override
        public StoredSource all() {
            return ClipNames.of(WeightFiles.open(file), encoder());
        }
    }

    @Override
    public String kind() {
        return "checkpoint";
    }

    @Override
    public Map<String, NDArray> expected(RecordedCase recorded) {
        return CheckpointFolder.of(recorded).ofEach(recorded.expected());
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        CheckpointFolder folder = CheckpointFolder.of(recorded);
        NDArray ids = recorded.input("input_ids");
        Map<String, NDArray> computed = new LinkedHashMap<>();
        for (Path file : folder.files()) {
            ClipText text = RecordedClip.text(recorded, new Published(file, folder.config("text_encoder")))
                    .encoder();
            NDArray encoded = text.encode(ids);
            computed.put(folder.named("text_last_hidden_state", file), encoded);
            computed.put(folder.named("text_pooler_output", file), text.pool(encoded, ids));
        }
        return computed;
    }
}
