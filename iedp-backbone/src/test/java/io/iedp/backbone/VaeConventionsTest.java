package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.testing.Plain;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The autoencoder's conventions, against the network written out in double precision. */
class VaeConventionsTest extends TorchTest {
    private static final double AGREES = 1e-5;
    private static final double SHOWS = 1e-3;

    /** What gives the values that norms see their size; other weights hand it on. */
    private static final String BEFORE_NORMS =
            ".*(conv_in|conv1|conv2|to_out.0)\\.(weight|bias)|.*(conv|conv_shortcut)\\.bias";

    private static final VaeConfig CONFIG = new VaeConfig(List.of(4, 6), 1, 2, 2, VaeConfig.STABLE_DIFFUSION_SCALE);

    /** AutoencoderKL for one sample, with an epsilon and a padding before and behind that can be got wrong. */
    private record Written(Map<String, Plain> weights, double epsilon, int before, int behind) {
        Plain moments(Plain pixels) {
            Plain x = convolution("encoder.conv_in", pixels);
            for (int level = 0; level < CONFIG.levels(); level++) {
                String block = "encoder.down_blocks.%s.".formatted(level);
                x = resnet(block + "resnets.0.", x);
                if (level < CONFIG.levels() - 1) {
                    String name = block + "downsamplers.0.conv";
                    x = x.convolution(weight(name + ".weight"), weight(name + ".bias"), 2, before, behind);
                }
            }
            x = norm("encoder.conv_norm_out", middle("encoder.mid_block.", x)).map(Plain::silu);
            return pointwise("quant_conv", convolution("encoder.conv_out", x));
        }

        Plain decode(Plain latents) {
            Plain x = convolution("decoder.conv_in", pointwise("post_quant_conv", latents));
            x = middle("decoder.mid_block.", x);
            for (int block = 0; block < CONFIG.levels(); block++) {
                for (int i = 0; i <= CONFIG.layers(); i++) {
                    x = resnet("decoder.up_blocks.%s.resnets.%s.".formatted(block, i), x);
                }
                if (block < CONFIG.levels() - 1) {
                    x = convolution("decoder.up_blocks.%s.upsamplers.0.conv".formatted(block), x.doubled());
                }
            }
            return convolution(
                    "decoder.conv_out", norm("decoder.conv_norm_out", x).map(Plain::silu));
        }

        private Plain middle(String name, Plain x) {
            Plain first = resnet(name + "resnets.0.", x);
            String attention = name + "attentions.0.";
            int channels = first.shape()[0];
            Plain cells = norm(attention + "group_norm", first)
                    .reshape(channels, first.values().length / channels)
                    .transpose();
            Plain mixed = linear(attention + "to_q", cells)
                    .attention(linear(attention + "to_k", cells), linear(attention + "to_v", cells), 1, false);
            Plain out = linear(attention + "to_out.0", mixed).transpose().reshape(first.shape());
            return resnet(name + "resnets.1.", first.add(out));
        }

        private Plain resnet(String name, Plain x) {
            Plain hidden = convolution(name + "conv1", norm(name + "norm1", x).map(Plain::silu));
            hidden = convolution(name + "conv2", norm(name + "norm2", hidden).map(Plain::silu));
            return hidden.add(
                    weights.containsKey(name + "conv_shortcut.weight") ? pointwise(name + "conv_shortcut", x) : x);
        }

        private Plain convolution(String name, Plain x) {
            return x.convolution(weight(name + ".weight"), weight(name + ".bias"), 1, 1, 1);
        }

        private Plain pointwise(String name, Plain x) {
            return x.convolution(weight(name + ".weight"), weight(name + ".bias"), 1, 0, 0);
        }

        private Plain linear(String name, Plain x) {
            return x.linear(weight(name + ".weight"), weight(name + ".bias"));
        }

        private Plain norm(String name, Plain x) {
            return x.groupNorm(CONFIG.groups(), weight(name + ".weight"), weight(name + ".bias"), epsilon);
        }

        private Plain weight(String name) {
            return weights.get(name);
        }
    }

    private record Network(Map<String, Plain> weights, Plain pixels, Plain latents, NDArray moments, NDArray decoded) {
        double encoder(double epsilon, int before, int behind) {
            return new Written(weights, epsilon, before, behind).moments(pixels).difference(moments);
        }

        double decoder(double epsilon) {
            return new Written(weights, epsilon, 0, 1).decode(latents).difference(decoded);
        }
    }

    /** Norms see values of about this size. */
    private static Network network(double size) {
        Random random = new Random(2);
        ModelWeights weights = new ModelWeights(manager.newSubManager(), 0);
        VaeEncoder encoder = new VaeEncoder(new Layers(weights, kernels), CONFIG);
        VaeDecoder decoder = new VaeDecoder(new Layers(weights, kernels), CONFIG);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Map<String, Plain> filled = Plain.fill(weights, random, name -> name.matches(BEFORE_NORMS) ? size : 1);
            Plain pixels = Plain.random(random, 0.5, 3, 8, 6);
            Plain latents = Plain.random(random, 1, 2, 4, 3);
            NDArray moments = encoder.moments(pixels.toArray(manager).expandDims(0), Trace.none());
            NDArray decoded = decoder.decode(latents.toArray(manager).expandDims(0));
            NDScope.unregister(moments, decoded);
            return new Network(filled, pixels, latents, moments, decoded);
        }
    }

    @Test
    void encoderIsThatOfTheOriginal() {
        assertThat(network(1).encoder(1e-6, 0, 1)).isLessThan(AGREES);
        assertThat(network(0.001).encoder(1e-6, 0, 1)).isLessThan(AGREES);
    }

    @Test
    void decoderIsThatOfTheOriginal() {
        assertThat(network(1).decoder(1e-6)).isLessThan(AGREES);
        assertThat(network(0.001).decoder(1e-6)).isLessThan(AGREES);
    }

    @Test
    void epsilonIsThatOfTheOriginal() {
        assertThat(network(0.001).encoder(1e-5, 0, 1)).isGreaterThan(SHOWS);
        assertThat(network(0.001).decoder(1e-5)).isGreaterThan(SHOWS);
    }

    @Test
    void zerosStandBehindOnlyWhereThePictureShrinks() {
        assertThat(network(1).encoder(1e-6, 1, 1)).isGreaterThan(SHOWS);
        assertThat(network(1).encoder(1e-6, 1, 0)).isGreaterThan(SHOWS);
    }

    @Test
    void latentsAreScaledAsStableDiffusionHasThem() {
        JsonObject json = JsonParser.parseString("{\"block_out_channels\": [4, 6], \"norm_num_groups\": 2}")
                .getAsJsonObject();
        assertThat(VaeConfig.parse(new ConfigFile(json, "vae")).latentScale()).isEqualTo(0.18215);
        json.addProperty("scaling_factor", 0.13025);
        assertThat(VaeConfig.parse(new ConfigFile(json, "vae")).latentScale()).isEqualTo(0.13025);
    }
}
