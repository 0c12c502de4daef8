package io.iedp.checkpoints;

import io.iedp.engine.run.DataDescription;
import java.util.List;
import java.util.Optional;

/** The models whose authors offer checkpoints (Zhao et al., 2023, at 92095ab; Kondapaneni et al., 2024, at 43bc08d). */
public enum PublishedForm {
    VPD_SEGMENTATION("", PublishedHead.SEMANTIC_FPN, Guidance.CLASSES, "ade20k/vpd.yaml", 512),
    VPD_DEPTH("encoder.", PublishedHead.DEPTH_DECODER, Guidance.CLASSES, "nyu/vpd.yaml", 480),
    VPD_REFERRING("", PublishedHead.REFERRING_DECODER, Guidance.TEXT, "refcoco/vpd.yaml", 512),
    TADP_SEGMENTATION("", PublishedHead.SEMANTIC_FPN, Guidance.TEXT, "ade20k/tadp.yaml", 512),
    TADP_DEPTH("encoder.", PublishedHead.DEPTH_DECODER, Guidance.TEXT, "nyu/tadp.yaml", 480);

    /** What the UNet attends to. */
    enum Guidance {
        /** The embeddings of classes, which are in the checkpoint. */
        CLASSES("classes"),
        /** A text, through CLIP's frozen encoder, which comes from its own files. */
        TEXT("caption");

        /** Its name in the recipe. */
        private final String branch;

        Guidance(String branch) {
            this.branch = branch;
        }
    }

    private static final String EMBEDDINGS = "class_embeddings";

    private final String prefix;
    private final PublishedHead head;
    private final Guidance guidance;
    private final String recipe;
    private final int samples;

    PublishedForm(String prefix, PublishedHead head, Guidance guidance, String recipe, int samples) {
        this.prefix = prefix;
        this.head = head;
        this.guidance = guidance;
        this.recipe = recipe;
        this.samples = samples;
    }

    PublishedHead head() {
        return head;
    }

    Guidance guidance() {
        return guidance;
    }

    /** The name of the guidance in the recipe. */
    String branch() {
        return guidance.branch;
    }

    /** The experiment file that trains such a model, in the folder of those that come with IEDP. */
    public String recipe() {
        return recipe;
    }

    /** The size of the samples that such a model was trained with. */
    public DataDescription.Size samples() {
        return new DataDescription.Size(samples, samples);
    }

    /** Where the UNet lies. */
    String unet() {
        return prefix + "unet.unet.diffusion_model.";
    }

    /** Where the autoencoder may lie, the likelier place first. */
    List<String> autoencoders() {
        return List.of(prefix + "encoder_vq.", prefix + "sd_model.first_stage_model.");
    }

    /** Whether it is of what is left of Stable Diffusion besides: the noise schedule, the text encoder, the same parts again. */
    boolean isRest(String name) {
        return name.startsWith(prefix + "sd_model.");
    }

    /** Before the names of the text adapter, which TADP need not have. */
    String adapter() {
        return prefix + "text_adapter.";
    }

    /** The name of the array with the embeddings of classes. */
    public String embeddings() {
        return prefix + EMBEDDINGS;
    }

    /**
     * The name that an array of the head or of the guidance has here.
     *
     * @param branch the guidance's name
     * @return empty if it is none of these
     */
    public Optional<String> rename(String name, String branch) {
        if (name.endsWith(PublishedHead.COUNT)) {
            return Optional.empty();
        }
        return head.rename(name)
                .or(() -> name.substring(Math.min(name.length(), prefix.length()))
                                .matches("(class_embeddings|gamma|text_adapter\\..*)")
                        ? Optional.of("guidance.%s.%s".formatted(branch, name.substring(prefix.length())))
                        : Optional.empty());
    }
}
