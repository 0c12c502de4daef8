package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import io.iedp.io.dataset.NyuScenes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of {@code iedp embed-classes}. */
public record EmbedClassesConfig(
        @Doc("A Stable Diffusion folder with text_encoder/ and tokenizer/, a transformers folder of CLIP, or a single "
                + "file of either.")
        @WeightParts({"text_encoder", "tokenizer"})
        WeightsPath weights,

        @Doc("The file to write, as in classes.safetensors.")
        Path to,

        @Doc("Names of the classes, as in [wall,floor,'crt screen']; one that is there twice is embedded once.")
        @Default("[]")
        List<String> names,

        @Doc("A file with the names, one a line, instead.") Optional<Path> file,

        @Doc("A list of names that comes with IEDP, instead: nyu-scenes, VPD's 27 kinds of place in NYUv2.")
        Optional<Known> list,

        @Doc(
                "A file with one template a line, in which {} stands for the name; without it, the 80 that OpenAI's CLIP has "
                        + "for ImageNet.")
        Optional<Path> templates,

        @Doc("Tokens of a prompt; longer ones are cut.") @Default("20") @Range(min = 3, max = 4096)
        int length,

        @Doc(GuidanceDocs.TOKENIZER) @WeightParts("tokenizer")
        Optional<WeightsPath> tokenizer,

        @Doc(GuidanceDocs.SKIP_LAYERS) @Range(min = 0, max = 64)
        Optional<Integer> skipLayers) {
    public EmbedClassesConfig {
        long given = Stream.of(!names.isEmpty(), file.isPresent(), list.isPresent())
                .filter(each -> each)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException(
                    "exactly one of names, file and list must say which classes; %s do".formatted(given));
        }
    }

    /** Lists of names that come with IEDP. */
    public enum Known {
        NYU_SCENES
    }

    /** The names, each once. */
    List<String> classes() {
        List<String> all =
                list.isPresent() ? NyuScenes.NAMES : file.map(TextLines::read).orElse(names);
        return all.stream().map(String::strip).distinct().toList();
    }
}
