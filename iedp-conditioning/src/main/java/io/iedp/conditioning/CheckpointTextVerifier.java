package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.api.verify.RecordedCase;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.nn.verify.CheckpointFolder;
import io.iedp.nn.verify.FilesVerifier;
import java.nio.file.Path;
import java.util.Map;

/** Cases of CompVis' LatentDiffusion in a single file: its text encoder. */
final class CheckpointTextVerifier extends FilesVerifier {
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
    protected Map<String, NDArray> compute(RecordedCase recorded, CheckpointFolder folder, Path file) {
        NDArray ids = recorded.input("input_ids");
        ClipText text = RecordedClip.text(recorded, new Published(file, folder.config("text_encoder")))
                .encoder();
        NDArray encoded = text.encode(ids);
        return Map.of("text_last_hidden_state", encoded, "text_pooler_output", text.pool(encoded, ids));
    }
}
