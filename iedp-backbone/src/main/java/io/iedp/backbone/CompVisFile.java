package io.iedp.backbone;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole Stable Diffusion in one file, as CompVis' code saves it and as most users share it. The UNet is under {@code
 * model.diffusion_model}, the autoencoder under {@code first_stage_model}; the text encoder, the copies under {@code
 * model_ema} and the noise schedule ({@code betas}, {@code alphas_cumprod} and others) are no part of a backbone. Sizes
 * are read off the shapes.
 */
public record CompVisFile(StoredSource file, StoredSource unet, StoredSource vae, int heads, int groups)
        implements PublishedWeights {
    /** Before the names of the UNet. */
    public static final String UNET = "model.diffusion_model.";

    /** Before the names of the autoencoder. */
    public static final String VAE = "first_stage_model.";

    /** What is left of training the autoencoder. */
    private static final String VAE_LOSS = VAE + "loss.";

    /** Stable Diffusion 2 gives its attention heads this width, Stable Diffusion 1 a fixed number of heads. */
    private static final int HEAD_WIDTH = 64;

    /**
     * @param heads attention heads of each level, unless it is a Stable Diffusion 2; shapes do not tell
     * @param groups groups of the normalizations; shapes do not tell
     * @throws UserException if it is no such file
     */
    public static CompVisFile open(Path path, int heads, int groups) {
        return of(WeightFiles.open(path), heads, groups);
    }

    /** {@link #open} for an open file; without the layers that make the noise of the last states, it does as a backbone. */
    public static CompVisFile of(StoredSource file, int heads, int groups) {
        try {
            StoredSource unet = part(file, UNET);
            StoredSource vae = part(file, VAE);
            return new CompVisFile(
                    file,
                    new RenamedSource(unet, CompVisNames.unet(unet.names())),
                    RenamedSource.of(vae, CompVisNames.vae(vae.names())),
                    heads,
                    groups);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static StoredSource part(StoredSource file, String prefix) {
        StoredSource part = new RenamedSource(
                file,
                name -> name.startsWith(prefix) && !name.startsWith(VAE_LOSS) ? name.substring(prefix.length()) : "");
        if (part.names().isEmpty()) {
            throw new UserException(
                    "%s is no whole Stable Diffusion: none of its %s arrays is under '%s'; it has %s. A UNet or autoencoder alone is named by its diffusers folder."
                            .formatted(
                                    file.description(),
                                    file.names().size(),
                                    prefix,
                                    file.names().stream().limit(3).collect(Collectors.joining(", "))));
        }
        return part;
    }

    @Override
    public ConfigFile unetConfig() {
        List<Long> channels = channels(unet, "down_blocks.%s.resnets.0.conv1.weight");
        List<Boolean> attention = IntStream.range(0, channels.size())
                .mapToObj(level -> unet.shape("down_blocks.%s.attentions.0.norm.weight".formatted(level))
                        .isPresent())
                .toList();
        List<Boolean> up = new ArrayList<>(attention);
        Collections.reverse(up);
        boolean linear = shape(unet, "mid_block.attentions.0.proj_in.weight", 2).dimension() == 2;
        JsonObject config = new JsonObject();
        config.add("block_out_channels", array(channels, JsonPrimitive::new));
        config.add(
                "down_block_types",
                array(attention, attends -> new JsonPrimitive(attends ? "CrossAttnDownBlock2D" : "DownBlock2D")));
        config.add(
                "up_block_types",
                array(up, attends -> new JsonPrimitive(attends ? "CrossAttnUpBlock2D" : "UpBlock2D")));
        config.add(
                "attention_head_dim",
                array(channels, width -> new JsonPrimitive(linear ? Math.max(1, width / HEAD_WIDTH) : heads)));
        config.addProperty("layers_per_block", count(unet, "down_blocks.0.resnets.%s.conv1.weight"));
        config.addProperty(
                "cross_attention_dim",
                shape(unet, "mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight", 2)
                        .get(1));
        config.addProperty("norm_num_groups", groups);
        long latents = shape(unet, "conv_in.weight", 2).get(1);
        config.addProperty("in_channels", latents);
        config.addProperty(
                "out_channels",
                unet.shape("conv_out.weight").map(shape -> shape.get(0)).orElse(latents));
        config.addProperty("use_linear_projection", linear);
        return new ConfigFile(config, file.description());
    }

    @Override
    public ConfigFile vaeConfig() {
        JsonObject config = new JsonObject();
        config.add(
                "block_out_channels",
                array(channels(vae, "encoder.down_blocks.%s.resnets.0.conv1.weight"), JsonPrimitive::new));
        config.addProperty("layers_per_block", count(vae, "encoder.down_blocks.0.resnets.%s.conv1.weight"));
        config.addProperty(
                "latent_channels", shape(vae, "encoder.conv_out.weight", 1).get(0) / 2);
        config.addProperty("norm_num_groups", groups);
        return new ConfigFile(config, file.description());
    }

    @Override
    public void close() {
        file.close();
    }

    private List<Long> channels(StoredSource source, String weight) {
        return IntStream.range(0, count(source, weight))
                .mapToObj(i -> shape(source, weight.formatted(i), 1).get(0))
                .toList();
    }

    private static int count(StoredSource source, String name) {
        return (int) IntStream.iterate(0, i -> i + 1)
                .takeWhile(i -> source.shape(name.formatted(i)).isPresent())
                .count();
    }

    /**
     * @param axes that it must have at least
     */
    private Shape shape(StoredSource source, String name, int axes) {
        Optional<Shape> shape = source.shape(name);
        return shape.filter(each -> each.dimension() >= axes)
                .orElseThrow(() -> new UserException(
                        "%s is no Stable Diffusion that is supported: it lacks what diffusers calls '%s'."
                                .formatted(file.description(), name)));
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonElement> convert) {
        JsonArray array = new JsonArray();
        values.stream().map(convert).forEach(array::add);
        return array;
    }
}
