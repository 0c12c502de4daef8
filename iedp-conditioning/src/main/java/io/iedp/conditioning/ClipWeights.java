package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of CLIP's encoders in one of the forms in which it is published, under the names of the transformers library. */
public interface ClipWeights {
    /** Sizes as the {@code config.json} of the encoder alone gives them. */
    ConfigFile config();

    /** The layers of the end that the model was trained without. */
    default int unusedLayers() {
        return 0;
    }

    /** {@code text} or {@code vision}. */
    String encoder();

    /** The encoder and its projection, newly opened. */
    StoredSource all();

    /** The encoder alone, newly opened, under names without {@code text_model} or {@code vision_model}. */
    default StoredSource weights() {
        String prefix = encoder() + "_model.";
        return new RenamedSource(all(), name -> name.startsWith(prefix) ? name.substring(prefix.length()) : "");
    }

    /**
     * @param named a folder with {@code config.json} and weights, or a single file
     * @param encoder {@code text} or {@code vision}
     * @throws UserException if it is neither
     */
    static ClipWeights open(Path named, String encoder) {
        if (Files.isRegularFile(named)) {
            return ClipFile.open(named, encoder);
        }
        return new TransformersFolder(named, encoder);
    }
}
