package io.iedp.hub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files of a repository the readers of weights want, in the layouts of the diffusers and transformers libraries. */
final class Parts {
    /** All that are known. */
    static final Set<String> ALL =
            new LinkedHashSet<>(List.of("unet", "vae", "text_encoder", "image_encoder", "tokenizer", "scheduler"));

    /** Of each pair of one's own: safetensors rather than pickled, 32 bits rather than 16. */
    private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16");

    private static final Pattern SHARDS = Pattern.compile("\"weight_map\"\\s*:\\s*\\{([^{}]*)\\}", Pattern.DOTALL);
    private static final Pattern SHARD = Pattern.compile(":\\s*\"([^\"]*)\"");

    private final String prefix;
    private final Files files;
    private final Set<String> chosen = new LinkedHashSet<>();

    /** The repository, or what of it is on disk. */
    interface Files {
        boolean has(String path);

        /** The text of a small file that is there. */
        String text(String path);
    }

    private Parts(String prefix, Files files) {
        this.prefix = prefix;
        this.files = files;
    }

    /**
     * What was found.
     *
     * @param files to take, those with weights last
     * @param missing what there is not, for people; nothing when all parts are complete
     */
    record Choice(List<String> files, List<String> missing) {}

    /**
     * @param inside the folder of the repository that is taken for all of it; empty for its root
     * @param parts of {@link #ALL}; none for those that there are
     */
    static Choice choose(String inside, Set<String> parts, Files files) {
        Parts choice = new Parts(inside.isEmpty() ? "" : inside + "/", files);
        List<String> missing = new ArrayList<>();
        for (String part : parts.isEmpty() ? ALL : parts) {
            choice.add(part).ifPresent(missing::add);
        }
        List<String> chosen = new ArrayList<>();
        choice.chosen.stream().filter(path -> !isLarge(path)).forEach(chosen::add);
        choice.chosen.stream().filter(Parts::isLarge).forEach(chosen::add);
        return new Choice(chosen, parts.isEmpty() && !chosen.isEmpty() ? List.of() : missing);
    }

    private static boolean isLarge(String path) {
        return path.endsWith(".safetensors") || path.endsWith(".bin");
    }

    /** What is missing. */
    private Optional<String> add(String part) {
        return switch (part) {
            case "unet", "vae" -> model(part + "/", "diffusion_pytorch_model", "diffusion_pytorch_model");
            case "text_encoder" -> model(folder("text_encoder/", "config.json"), "model", "pytorch_model");
            case "image_encoder" -> model("", "model", "pytorch_model");
            case "tokenizer" -> tokenizer();
            case "scheduler" -> {
                addIfThere("scheduler/scheduler_config.json");
                yield Optional.empty();
            }
            default -> throw new IllegalArgumentException("There is no part '%s'".formatted(part));
        };
    }

    /** A part's own folder where there is one, and else the root, as CLIP has it. */
    private String folder(String own, String file) {
        return files.has(prefix + own + file) ? own : "";
    }

    private Optional<String> model(String folder, String name, String pickled) {
        Optional<String> config = require(folder + "config.json");
        if (config.isPresent()) {
            return config;
        }
        for (String[] form : new String[][] {{name, ".safetensors"}, {pickled, ".bin"}}) {
            for (String variant : VARIANTS) {
                String whole = folder + form[0] + variant + form[1];
                if (addIfThere(whole)) {
                    return Optional.empty();
                }
                String index = folder + form[0] + form[1] + ".index" + variant + ".json";
                if (addIfThere(index)) {
                    return shards(folder, index);
                }
            }
        }
        return Optional.of(prefix + folder + name + ".safetensors");
    }

    private Optional<String> shards(String folder, String index) {
        Matcher map = SHARDS.matcher(files.text(prefix + index));
        Set<String> shards = new LinkedHashSet<>();
        if (map.find()) {
            SHARD.matcher(map.group(1)).results().map(each -> each.group(1)).forEach(shards::add);
        }
        if (shards.isEmpty()) {
            return Optional.of("the files that %s%s must list as its weight_map".formatted(prefix, index));
        }
        return shards.stream()
                .map(shard -> require(folder + SafeNames.requireInside(shard, prefix + index)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> tokenizer() {
        String folder = files.has(prefix + "tokenizer/vocab.json") || files.has(prefix + "tokenizer/tokenizer.json")
                ? "tokenizer/"
                : "";
        if (addIfThere(folder + "vocab.json")) {
            Optional<String> merges = require(folder + "merges.txt");
            if (merges.isPresent()) {
                return merges;
            }
        } else if (!addIfThere(folder + "tokenizer.json")) {
            return Optional.of(prefix + folder + "vocab.json");
        }
        addIfThere(folder + "special_tokens_map.json");
        addIfThere(folder + "tokenizer_config.json");
        return Optional.empty();
    }

    private Optional<String> require(String path) {
        return addIfThere(path) ? Optional.empty() : Optional.of(prefix + path);
    }

    private boolean addIfThere(String path) {
        String whole = prefix + path;
        if (!files.has(whole)) {
            return false;
        }
        chosen.add(whole);
        return true;
    }
}
