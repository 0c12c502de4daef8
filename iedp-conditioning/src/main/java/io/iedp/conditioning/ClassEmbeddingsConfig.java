package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an experiment file says about the guidance {@code class-embeddings}. */
public record ClassEmbeddingsConfig(
        @Doc(
                "A file that 'iedp embed-classes' made, with all of the names in it, or VPD's class_embeddings.pth, whose rows are the "
                        + "names in their order; without it, the embeddings are computed at each start, from weights.")
        Optional<Path> embeddings,

        @Doc(
                "Whether the embeddings are those of the run's checkpoint, so that neither weights nor a file are needed, as in runs "
                        + "of 'iedp import'; without a checkpoint they are zeros.")
        @Default("false")
        boolean stored,

        @Doc("Whose names are embedded: the data's, or nyu-scenes, VPD's 27 kinds of place in NYUv2.") @Default("data")
        Classes classes,

        @Doc("Names of the classes, instead of those of 'classes'.") @Default("[]")
        List<String> names,

        @Doc("Which classes a picture gets: all, each one token, or scene, one token for the class that the sample's "
                + "text 'scene' names.")
        @Default("all")
        Select select,

        @Doc(
                "Which class a scene names: exact, the one of that name, or contained, the first whose name is part of it, "
                        + "as VPD has it.")
        @Default("exact")
        SceneMatch match,

        @Doc("Whether VPD's text adapter, two trained layers with a learned gain, refines the embeddings.")
        @Default("true")
        boolean adapter,

        @Doc(
                "Whether the text encoder trains too: every name is encoded in every template at each step, so templates must "
                        + "name a file with a few.")
        @Default("false")
        boolean trainEncoder,

        @Doc(
                "A file with one template a line, in which {} stands for the name; without it, the 80 that OpenAI's CLIP has "
                        + "for ImageNet.")
        Optional<Path> templates,

        @Doc("Tokens of a prompt; longer ones are cut.") @Default("20") @Range(min = 3, max = 4096)
        int length,

        @Doc(GuidanceDocs.WEIGHTS) @WeightParts({"text_encoder", "tokenizer"})
        Optional<WeightsPath> weights,

        @Doc(GuidanceDocs.TOKENIZER) @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc(GuidanceDocs.WEIGHT) @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(GuidanceDocs.USE) @Default("always") When use,

        @Doc(GuidanceDocs.SKIP_LAYERS) @Range(min = 0, max = 64)
        Optional<Integer> skipLayers,

        @Doc(GuidanceDocs.ARCHITECTURE) @Default("{}") TextArchitecture architecture)
        implements TextKeys {
    public ClassEmbeddingsConfig {
        if (embeddings.isPresent()
                && (weights.isPresent() || tokenizer.isPresent() || templates.isPresent() || skipLayers.isPresent())) {
            throw new IllegalArgumentException(
                    "embeddings are ready-made, so there must be no weights, tokenizer, templates or skip-layers beside them");
        }
        if (stored && (embeddings.isPresent() || weights.isPresent() || trainEncoder)) {
            throw new IllegalArgumentException(
                    "stored embeddings come with the checkpoint, so there must be no embeddings, weights or train-encoder beside them");
        }
        if (trainEncoder && (embeddings.isPresent() || templates.isEmpty())) {
            throw new IllegalArgumentException(
                    "train-encoder encodes each name in each template at each step, so templates must name a file with a few, and there must be no embeddings");
        }
        if (!names.isEmpty() && classes != Classes.DATA) {
            throw new IllegalArgumentException("names are given, so 'classes' must not be set");
        }
    }

    /** Whose names are embedded. */
    public enum Classes {
        DATA,
        NYU_SCENES
    }

    /** Which classes a picture gets. */
    public enum Select {
        ALL,
        SCENE
    }
}
