package io.iedp.checkpoints;

import io.iedp.api.UserException;
import io.iedp.backbone.CompVisFile;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file of one of the {@link PublishedForm}s, as experiments and checkpoints here have it.
 *
 * @param file under the names of its authors
 * @param diffusion the parts of Stable Diffusion in it
 */
public record PublishedCheckpoint(PublishedForm form, StoredSource file, CompVisFile diffusion)
        implements AutoCloseable {
    /** What training on several devices puts before each name. */
    private static final String DISTRIBUTED = "module.";

    private static final int SHOWN = 5;

    /**
     * @param heads attention heads of each level, which shapes do not tell
     * @param groups groups of the normalizations, likewise
     * @throws UserException if the file cannot be read, or is none of this form
     */
    public static PublishedCheckpoint open(Path path, PublishedForm form, int heads, int groups) {
        StoredSource stored = WeightFiles.open(path);
        try {
            boolean distributed = stored.names().stream().allMatch(name -> name.startsWith(DISTRIBUTED));
            StoredSource file =
                    distributed ? new RenamedSource(stored, name -> name.substring(DISTRIBUTED.length())) : stored;
            check(form, file);
            PublishedCheckpoint checkpoint =
                    new PublishedCheckpoint(form, file, CompVisFile.of(diffusion(form, file), heads, groups));
            checkpoint.refuseUnknown();
            return checkpoint;
        } catch (RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    private static void check(PublishedForm form, StoredSource file) {
        if (is(form, file)) {
            return;
        }
        List<String> others = Arrays.stream(PublishedForm.values())
                .filter(other -> is(other, file))
                .map(PublishedCheckpoint::name)
                .toList();
        throw new UserException("%s is no checkpoint of %s: %s"
                .formatted(
                        file.description(),
                        name(form),
                        others.isEmpty()
                                ? "it has neither '%s' nor a UNet under '%s' but %s arrays such as %s"
                                        .formatted(
                                                form.head().mark(),
                                                form.unet(),
                                                file.names().size(),
                                                some(List.copyOf(file.names())))
                                : "it looks like " + String.join(" or ", others)));
    }

    private static boolean is(PublishedForm form, StoredSource file) {
        return file.shape(form.head().mark()).isPresent()
                && file.names().stream().anyMatch(name -> name.startsWith(form.unet()))
                && (form.guidance() == PublishedForm.Guidance.TEXT
                        || file.shape(form.embeddings()).isPresent());
    }

    static String name(PublishedForm form) {
        return form.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String some(List<String> names) {
        return names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
    }

    private static RenamedSource diffusion(PublishedForm form, StoredSource file) {
        String autoencoder = form.autoencoders().stream()
                .filter(place -> file.names().stream().anyMatch(name -> name.startsWith(place)))
                .findFirst()
                .orElseThrow(() -> new UserException("%s has no autoencoder: no array is under %s"
                        .formatted(file.description(), String.join(" or ", form.autoencoders()))));
        Map<String, String> places = Map.of(form.unet(), CompVisFile.UNET, autoencoder, CompVisFile.VAE);
        return new RenamedSource(
                file,
                name -> places.entrySet().stream()
                        .filter(place -> name.startsWith(place.getKey()))
                        .map(place ->
                                place.getValue() + name.substring(place.getKey().length()))
                        .findFirst()
                        .orElse(""));
    }

    /** What is neither of the model nor known to be left over would be lost without a word. */
    private void refuseUnknown() {
        List<String> unknown = file.names().stream()
                .filter(name -> !name.startsWith(form.unet())
                        && form.autoencoders().stream().noneMatch(name::startsWith)
                        && !form.isRest(name)
                        && !name.endsWith(PublishedHead.COUNT)
                        && form.rename(name, form.branch()).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new UserException("%s has %s arrays that %s has no place for: %s"
                    .formatted(file.description(), unknown.size(), name(form), some(unknown)));
        }
    }

    /** How many classes the head tells apart; none for a head that tells none. */
    public Optional<Integer> classes() {
        return form.head() == PublishedHead.SEMANTIC_FPN
                ? Optional.of(PublishedHead.size(file, form.head().mark(), 0))
                : Optional.empty();
    }

    /**
     * What the shapes say of the model, as settings over the experiment of the form's recipe.
     *
     * @throws UserException if it is no Stable Diffusion 1, or an array is missing
     */
    public List<String> settings() {
        UnetConfig unet = UnetConfig.parse(diffusion.unetConfig());
        VaeConfig vae = VaeConfig.parse(diffusion.vaeConfig());
        List<String> settings = new ArrayList<>(List.of("backbone.weights=null"));
        settings.addAll(architecture(unet, vae));
        PublishedHead.Levels levels = new PublishedHead.Levels(unet.channels(), vae.stride());
        if (form.guidance() == PublishedForm.Guidance.CLASSES) {
            settings.add("guidance.%s.weights=null".formatted(form.branch()));
            settings.add("guidance.%s.stored=true".formatted(form.branch()));
        } else {
            settings.add("guidance.%s.adapter=%s".formatted(form.branch(), hasAdapter()));
            form.head()
                    .tokens(file, levels)
                    .ifPresent(tokens -> settings.add("guidance.%s.length=%s".formatted(form.branch(), tokens)));
        }
        settings.addAll(form.head().settings(file, levels));
        return settings;
    }

    private List<String> architecture(UnetConfig unet, VaeConfig vae) {
        int attending =
                (int) unet.attention().stream().takeWhile(attends -> attends).count();
        if (unet.linearProjection() || unet.attention().lastIndexOf(true) >= attending) {
            throw new UserException(
                    "%s is not built on a Stable Diffusion 1, as %s is".formatted(file.description(), name(form)));
        }
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("channels", unet.channels());
        sizes.put("plain-levels", unet.channels().size() - attending);
        sizes.put("heads", unet.heads().get(0));
        sizes.put("layers", unet.layers());
        sizes.put("context-width", unet.contextWidth());
        sizes.put("groups", unet.groups());
        sizes.put("vae-channels", vae.channels());
        sizes.put("vae-layers", vae.layers());
        sizes.put("latent-channels", vae.latentChannels());
        return sizes.entrySet().stream()
                .map(size -> "backbone.architecture.%s=%s".formatted(size.getKey(), size.getValue()))
                .toList();
    }

    /** The arrays under the names that a checkpoint here gives them. */
    public StoredSource renamed() {
        boolean adapted = form.guidance() == PublishedForm.Guidance.CLASSES || hasAdapter();
        Map<String, StoredSource> parts = new LinkedHashMap<>();
        parts.put("backbone.unet.", diffusion.unetFeatures());
        parts.put("backbone.vae.", diffusion.vaeEncoder());
        parts.put(
                "",
                new RenamedSource(
                        file,
                        name -> form.rename(name, form.branch())
                                .filter(renamed -> adapted || !renamed.startsWith("guidance."))
                                .filter(renamed -> form.guidance() == PublishedForm.Guidance.CLASSES
                                        || !name.equals(form.embeddings()))
                                .orElse("")));
        return JoinedSource.of(file.description(), parts);
    }

    private boolean hasAdapter() {
        return file.names().stream().anyMatch(name -> name.startsWith(form.adapter()));
    }

    @Override
    public void close() {
        file.close();
    }
}
