package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.nio.file.Path;
import java.util.Optional;

/** What an experiment file says about the guidance {@code caption}. */
public record CaptionConfig(
        @Doc(
                "Captions by the names of the pictures: a JSON file, whose object has for each name a text, a list of texts, "
                        + "of which the first counts, or an object with either as 'caption' or 'captions'; or a CSV file with the "
                        + "columns name and caption. Without it, the samples' own texts are taken.")
        Optional<Path> file,

        @Doc(
                "Which of a sample's texts it is, as in caption or, for referring segmentation, expression; not with a file.")
        @Default("caption")
        @NotEmpty
        String text,

        @Doc("What becomes of a sample without a caption: error, or empty, the empty text.") @Default("error")
        Missing missing,

        @Doc(GuidanceDocs.WEIGHTS) @WeightParts({"text_encoder", "tokenizer"})
        Optional<WeightsPath> weights,

        @Doc(GuidanceDocs.TOKENIZER) @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc(GuidanceDocs.LENGTH) @Range(min = 3, max = 4096)
        Optional<Integer> length,

        @Doc(GuidanceDocs.ADAPTER) @Default("false") boolean adapter,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(GuidanceDocs.USE) @Default("always") When use,

        @Doc(GuidanceDocs.SKIP_LAYERS) @Range(min = 0, max = 64)
        Optional<Integer> skipLayers,

        @Doc(GuidanceDocs.ARCHITECTURE) @Default("{}") TextArchitecture architecture)
        implements TextKeys {
    /** What becomes of a sample without a caption. */
    public enum Missing {
        ERROR,
        EMPTY
    }
}
