package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** diffusers' config.json. */
class UnetConfigTest {
    private static final String MINIMAL = """
            {"block_out_channels": [32, 64], "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
             "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"], "layers_per_block": 2,
             "attention_head_dim": 8, "cross_attention_dim": 768}""";

    private static UnetConfig parse(String changes) {
        JsonObject json = JsonParser.parseString(MINIMAL).getAsJsonObject();
        JsonParser.parseString(changes)
                .getAsJsonObject()
                .entrySet()
                .forEach(each -> json.add(each.getKey(), each.getValue()));
        return UnetConfig.parse(new ConfigFile(json, "unet/config.json"));
    }

    @Test
    void whatIsLeftOutIsAsInDiffusers() {
        UnetConfig config = parse("{}");
        assertThat(config.groups()).isEqualTo(32);
        assertThat(config.inChannels()).isEqualTo(4);
        assertThat(config.outChannels()).isEqualTo(4);
        assertThat(config.epsilon()).isEqualTo(1e-5);
        assertThat(config.linearProjection()).isFalse();
        assertThat(config.waves()).isEqualTo(new UnetConfig.Waves(true, 0));
        assertThat(config.attention()).containsExactly(true, false);
    }

    /** The key says width, but diffusers reads it as the number of heads. */
    @Test
    void attentionHeadDimIsTheNumberOfHeads() {
        assertThat(parse("{\"attention_head_dim\": 4}").heads()).containsExactly(4, 4);
        assertThat(parse("{\"attention_head_dim\": [2, 8]}").heads()).containsExactly(2, 8);
    }

    @Test
    void equalNumbersOfEachLevelAreOne() {
        assertThat(parse("{\"layers_per_block\": [3, 3], \"cross_attention_dim\": [40, 40]}"))
                .isEqualTo(parse("{\"layers_per_block\": 3, \"cross_attention_dim\": 40}"));
    }

    @Test
    void neutralValuesOfOtherModelsAreTaken() {
        assertThat(parse(
                        "{\"class_embed_type\": null, \"transformer_layers_per_block\": [1, 1], \"upcast_attention\": true,"
                                + " \"downsample_padding\": 1, \"only_cross_attention\": false, \"act_fn\": \"silu\"}"))
                .isEqualTo(parse("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"block_out_channels\": null}      | block_out_channels is missing; it must be a list of whole numbers",
                "{\"block_out_channels\": 32}        | block_out_channels is 32, but must be a list of whole numbers",
                "{\"block_out_channels\": [32, 2.5]} | block_out_channels is [32,2.5], but must be a list of whole numbers",
                "{\"block_out_channels\": [32, 40]}  | multiples of its 32 groups, but level 1 has 40",
                "{\"attention_head_dim\": [8]}       | as many entries in attention [true, false] and heads [8]",
                "{\"attention_head_dim\": 5}         | multiples of its heads, but level 0 has 32 channels and 5 heads",
                "{\"layers_per_block\": [2, 3]}      | layers_per_block is [2, 3]; only one number for all levels",
                "{\"act_fn\": \"gelu\"}              | act_fn is \"gelu\"; this is supported: [\"silu\",\"swish\"]",
                "{\"class_embed_type\": \"timestep\"} | class_embed_type is \"timestep\"",
                "{\"transformer_layers_per_block\": [1, 10]} | transformer_layers_per_block is [1,10]",
                "{\"up_block_types\": [\"CrossAttnUpBlock2D\", \"UpBlock2D\"]} | up_block_types must be down_block_types in reverse",
                "{\"down_block_types\": [\"AttnDownBlock2D\", \"DownBlock2D\"]} | down_block_types is",
                "{\"use_linear_projection\": \"yes\"} | use_linear_projection is \"yes\", but must be true or false"
            })
    void whatIsNotImplementedIsRefusedByName(String changes, String message) {
        assertThatThrownBy(() -> parse(changes))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("unet/config.json: ")
                .hasMessageContaining(message.replace("[\"silu\",\"swish\"]", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "norm_num_groups     | 0          | 1 to 4096",
                "norm_num_groups     | -32        | 1 to 4096",
                "attention_head_dim  | 0          | 1 to 1024",
                "attention_head_dim  | [0, 8]     | 1 to 1024",
                "block_out_channels  | [0, 0]     | 1 to 65536",
                "block_out_channels  | [32, 2147483647] | 1 to 65536",
                "layers_per_block    | 2147483647 | 1 to 64",
                "layers_per_block    | 1e400      | 1 to 64",
                "cross_attention_dim | 4294967297 | 1 to 65536",
                "in_channels         | 0          | 1 to 65536",
                "norm_eps            | 0          | a number above 0, up to 1.0",
                "norm_eps            | 1e400      | a number above 0, up to 1.0"
            })
    void sizesThatNoModelCanHaveAreNamed(String key, String value, String right) {
        assertThatThrownBy(() -> parse("{\"%s\": %s}".formatted(key, value)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("unet/config.json: %s is ".formatted(key))
                .hasMessageContaining(right);
    }

    @Test
    void asManyFrequenciesAsTheirShiftAreRefused() {
        assertThatThrownBy(() -> parse("{\"freq_shift\": 16}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("must be less than that, but is 16.0");
        assertThat(parse("{\"freq_shift\": 1}").waves().shift()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "norm_num_groups    | 0",
                "block_out_channels | []",
                "block_out_channels | [0]",
                "latent_channels    | 2147483647",
                "layers_per_block   | 0",
                "scaling_factor     | 0"
            })
    void sizesThatNoAutoencoderCanHaveAreNamed(String key, String value) {
        JsonObject json = JsonParser.parseString("{\"block_out_channels\": [32], \"%s\": %s}".formatted(key, value))
                .getAsJsonObject();
        assertThatThrownBy(() -> VaeConfig.parse(new ConfigFile(json, "vae/config.json")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("vae/config.json: ");
    }
}
