package io.iedp.conditioning;

/** What the keys mean that several branches have. */
final class GuidanceDocs {
    static final String WEIGHTS =
            "A Stable Diffusion folder with text_encoder/ and tokenizer/, a transformers folder of CLIP, or a single "
                    + "file of either; without it, the text encoder's weights are random.";
    static final String TOKENIZER =
            "A folder with tokenizer.json, or with vocab.json and merges.txt; without it, the one beside the weights.";
    static final String SKIP_LAYERS =
            "Layers of the text encoder's end to leave out: 1 for Stable Diffusion 2 with a whole OpenCLIP encoder; "
                    + "without it, 1 for a single file of Stable Diffusion 2 and 0 for others.";
    static final String ARCHITECTURE = "Sizes of the text encoder when its weights are random.";
    static final String LENGTH =
            "Tokens of a text: shorter ones are padded, longer ones cut; without it, as many as the text encoder takes.";
    static final String ADAPTER =
            "Whether VPD's text adapter, two trained layers with a learned gain, refines the texts.";
    static final String WEIGHT = "Factor of this branch's loss.";
    static final String USE = "When the branch takes part: always, or in training only.";

    private GuidanceDocs() {}
}
