package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.conditioning.ClipNames;
import io.iedp.conditioning.ClipText;
import io.iedp.conditioning.ClipWeights;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.files.CheckpointFolder;
import io.iedp.verify.files.FilesVerifier;
import java.nio.file.Path;
import java.util.Map;

/** Cases of CompVis' LatentDiffusion in a single file: its text encoder, if a case expects it. */
public final class CheckpointTextVerifier extends FilesVerifier {
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
        if (recorded.expected().keySet().stream().noneMatch(name -> name.startsWith("text_"))) {
            return Map.of();
        }
        NDArray ids = recorded.input("input_ids");
        ClipText text = RecordedClip.text(recorded, new Published(file, folder.config("text_encoder")))
                .encoder();
        NDArray encoded = text.encode(ids);
        return Map.of("text_last_hidden_state", encoded, "text_pooler_output", text.pool(encoded, ids));
    }
}
