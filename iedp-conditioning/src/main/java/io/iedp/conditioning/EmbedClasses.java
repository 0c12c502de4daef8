package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.nn.WeightsPath;
import io.iedp.io.file.Sha256;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.StoredArray;
import io.iedp.nn.files.StoredSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code iedp embed-classes}: embeds names for the guidance {@code class-embeddings}. */
final class EmbedClasses implements CommandFactory<EmbedClassesConfig> {
    @Override
    public String type() {
        return "embed-classes";
    }

    @Override
    public Class<EmbedClassesConfig> configuration() {
        return EmbedClassesConfig.class;
    }

    @Override
    public String description() {
        return "Embeds the names of classes with CLIP's text encoder, for the guidance class-embeddings.";
    }

    @Override
    public Command create(EmbedClassesConfig configuration, CommandContext context) {
        return () -> {
            run(configuration, context);
            return 0;
        };
    }

    private void run(EmbedClassesConfig configuration, CommandContext context) {
        List<String> names = configuration.classes();
        Templates templates = Templates.of(configuration.templates());
        TextModel model = new TextModel(
                type(),
                configuration.weights().path(),
                configuration.tokenizer().map(WeightsPath::path),
                configuration.skipLayers());
        Map<String, String> facts = facts(configuration, model, names, templates);
        Path to = configuration.to();
        if (Files.exists(to) && ClassEmbeddings.isCurrent(to, names, facts)) {
            context.say("%s is there already, made from the same names, templates and weights.".formatted(to));
            return;
        }
        try (NDManager manager = context.manager().newSubManager()) {
            TextEncoder encoder = model.load(new ModelWeights(manager, 0), context.kernels());
            context.say("Embedding %s classes with %s templates each ..."
                    .formatted(names.size(), templates.sentences().size()));
            warnOfCuts(encoder, names, templates, configuration.length(), context);
            write(
                    to,
                    names,
                    ClassEmbeddings.compute(encoder, names, templates, configuration.length(), manager),
                    facts);
            context.say("%s holds %s embeddings of width %s.".formatted(to, names.size(), encoder.width()));
        }
    }

    private static void write(Path to, List<String> names, NDArray embeddings, Map<String, String> facts) {
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            ClassEmbeddings.write(to, names, embeddings, facts);
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(to, e), e);
        }
    }

    private static void warnOfCuts(
            TextEncoder encoder, List<String> names, Templates templates, int length, CommandContext context) {
        long cut = names.stream()
                .filter(name -> templates.about(name).stream().anyMatch(prompt -> !encoder.fits(prompt, length)))
                .count();
        if (cut > 0) {
            context.say(
                    "%s of the names make prompts of more than %s tokens, which are cut; a larger length keeps more."
                            .formatted(cut, length));
        }
    }

    /** What the embeddings depend on beside the names. */
    private static Map<String, String> facts(
            EmbedClassesConfig configuration, TextModel model, List<String> names, Templates templates) {
        ClipWeights published = model.published();
        ClipTokenizer words = model.words();
        MessageDigest prompts = Sha256.digest();
        names.forEach(name -> templates
                .about(name)
                .forEach(prompt -> prompts.update(Arrays.toString(words.encode(prompt, configuration.length()))
                        .getBytes(StandardCharsets.UTF_8))));
        MessageDigest sentences = Sha256.digest();
        sentences.update(String.join("\n", templates.sentences()).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "templates", hex(sentences),
                "tokens", hex(prompts),
                "weights", hash(published),
                "length", Integer.toString(configuration.length()),
                "skip-layers", Integer.toString(configuration.skipLayers().orElse(published.unusedLayers())));
    }

    /** A hash of the encoder's arrays and sizes, whatever else is in the file. */
    private static String hash(ClipWeights published) {
        MessageDigest digest = Sha256.digest();
        digest.update(published.config().json().toString().getBytes(StandardCharsets.UTF_8));
        try (StoredSource source = published.weights()) {
            for (String name : new TreeSet<>(source.names())) {
                try (StoredArray array = source.stored(name)) {
                    digest.update("%s %s %s"
                            .formatted(name, array.type(), array.shape())
                            .getBytes(StandardCharsets.UTF_8));
                    digest.update(array.bytes().duplicate());
                }
            }
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
