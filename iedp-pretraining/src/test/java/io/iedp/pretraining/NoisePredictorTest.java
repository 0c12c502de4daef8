package io.iedp.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonParser;
import io.iedp.backbone.UnetConfig;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.testing.TorchTest;
import org.junit.jupiter.api.Test;

class NoisePredictorTest extends TorchTest {
    private static final UnetConfig CONFIG =
            UnetConfig.parse(new ConfigFile(JsonParser.parseString("""
                    {"block_out_channels": [8, 16], "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
                     "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D"], "layers_per_block": 1,
                     "attention_head_dim": 2, "cross_attention_dim": 8, "norm_num_groups": 4}""").getAsJsonObject(), "test"));

    /** Each place shares one unit of attention among the tokens, so means over layers and levels do too. */
    @Test
    void attentionIsSharedAmongTheTokens() {
        NoisePredictor predictor =
                new NoisePredictor(new Layers(new ModelWeights(manager.newSubManager(), 7), kernels), CONFIG);

        NDArray latents = manager.randomNormal(new Shape(2, 4, 4, 6));
        NDArray context = manager.randomNormal(new Shape(2, 5, 8));
        double[] timesteps = {100, 900};

        NDList both = predictor.predictAndAttend(latents, timesteps, context);

        NDArray attention = both.get(1);
        assertThat(both.get(0).toFloatArray())
                .containsExactly(predictor.predict(latents, timesteps, context).toFloatArray());

        assertThat(attention.getShape()).isEqualTo(new Shape(2, 5, 4, 6));
        for (float sum : attention.sum(new int[] {1}).toFloatArray()) {
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }
}
