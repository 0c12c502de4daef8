package io.iedp.hub;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import java.util.List;
import java.util.Optional;

/** The settings of {@code iedp weights}. */
public record WeightsConfig(
        @Positional("ACTION")
        @Doc(
                "What to do. list: what there is by a short name, and what is on disk. get: download, or look for what is newer. verify: compare hashes. path: print where it is.")
        Action action,

        @Positional("NAME")
        @Doc("Names of weights, with or without hf://, as in sd-1.5 or openai/clip-vit-large-patch14.")
        @Default("[]")
        List<String> names,

        @Doc(
                "For get and path: which parts, with commas, of unet, vae, text_encoder, image_encoder, tokenizer and scheduler; without it, those that the list shows, or all.")
        Optional<String> parts) {
    /** What to do. */
    public enum Action {
        LIST,
        GET,
        VERIFY,
        PATH
    }
}
