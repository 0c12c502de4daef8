package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonParser;
import io.iedp.api.nn.Kernels;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.backbone.VaeDecoder;
import io.iedp.conditioning.ClipText;
import io.iedp.conditioning.ClipTokenizer;
import io.iedp.conditioning.TextModel;
import io.iedp.conditioning.TransformersFolder;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A Stable Diffusion with random weights in diffusers' layout, which draws pictures of 16 x 16 pixels. */
final class SmallStableDiffusion {
    private SmallStableDiffusion() {}

    static void write(Path folder, NDManager manager, Kernels kernels) throws IOException {
        Path unet = config(folder, "unet", """
                {"block_out_channels": [8, 16], "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
                 "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"], "layers_per_block": 1,
                 "attention_head_dim": 2, "cross_attention_dim": 8, "norm_num_groups": 4, "sample_size": 8}""");
        Path vae = config(folder, "vae", """
                {"block_out_channels": [8, 8], "layers_per_block": 1, "latent_channels": 4, "norm_num_groups": 4}""");
        Path text = config(folder, "text_encoder", """
                {"hidden_size": 8, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
                 "vocab_size": %s, "max_position_embeddings": 16, "hidden_act": "quick_gelu"}""".formatted(vocabulary().size()));
        UnetConfig unetConfig = UnetConfig.parse(DiffusersFolder.config(unet));
        VaeConfig vaeConfig = VaeConfig.parse(DiffusersFolder.config(vae));
        ClipText.Config textConfig = TextModel.config(new TransformersFolder(text, "text"), 0);
        weights(unet.resolve("diffusion_pytorch_model.safetensors"), 1, manager, kernels, layers -> {
            new NoisePredictor(layers, unetConfig);
        });
        weights(vae.resolve("diffusion_pytorch_model.safetensors"), 2, manager, kernels, layers -> {
            new VaeDecoder(layers, vaeConfig);
        });
        weights(text.resolve("model.safetensors"), 3, manager, kernels, layers -> {
            new ClipText(layers.at("text_model"), textConfig);
        });
        tokenizer(Files.createDirectory(folder.resolve("tokenizer")));
        Files.writeString(Files.createDirectory(folder.resolve("scheduler")).resolve("scheduler_config.json"), """
                {"_class_name": "PNDMScheduler", "beta_start": 0.00085, "beta_end": 0.012,
                 "beta_schedule": "scaled_linear", "skip_prk_steps": true, "steps_offset": 1}""");
    }

    /** The tokenizer that comes with the project, whose words are few. */
    private static void tokenizer(Path folder) throws IOException {
        for (String file : new String[] {"vocab.json", "merges.txt"}) {
            try (InputStream own = ClipTokenizer.class.getResourceAsStream("small-vocabulary/" + file)) {
                Files.copy(own, folder.resolve(file));
            }
        }
    }

    /** The words of that tokenizer and their numbers. */
    static Map<String, Integer> vocabulary() throws IOException {
        Map<String, Integer> words = new LinkedHashMap<>();
        try (InputStream own = ClipTokenizer.class.getResourceAsStream("small-vocabulary/vocab.json")) {
            JsonParser.parseReader(new InputStreamReader(own, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .asMap()
                    .forEach((word, id) -> words.put(word, id.getAsInt()));
        }
        return words;
    }

    private static Path config(Path folder, String part, String json) throws IOException {
        Path own = Files.createDirectories(folder.resolve(part));
        Files.writeString(own.resolve("config.json"), json);
        return own;
    }

    private static void weights(Path file, long seed, NDManager manager, Kernels kernels, Consumer<Layers> model)
            throws IOException {
        try (NDManager own = manager.newSubManager()) {
            ModelWeights weights = new ModelWeights(own, seed);
            model.accept(new Layers(weights, kernels));
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            weights.parameters().forEach(each -> arrays.put(each.name(), each.array()));
            SafeTensorsWriter.write(file, arrays, Map.of());
        }
    }
}
