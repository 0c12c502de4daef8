package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.backbone.PlainUnet.Conventions;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.testing.Plain;
import io.iedp.nn.testing.TorchTest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each convention of the UNet that its weights do not tell, against the network written out in double precision: with
 * the convention it agrees, without it does not. Small weights make the variances that norms see about as small as their
 * epsilons, which those of recorded cases do not.
 */
class UnetConventionsTest extends TorchTest {
    private static final double TIMESTEP = 37;
    private static final double AGREES = 2e-6;

    /** Ten times as far off as what agrees may be. */
    private static final double SHOWS = 2e-5;

    private static UnetConfig config(boolean linearProjection) {
        return new UnetConfig(
                List.of(4, 8),
                List.of(true, true),
                List.of(2, 4),
                1,
                6,
                2,
                4,
                4,
                linearProjection,
                1e-5,
                UnetConfig.Waves.STABLE_DIFFUSION);
    }

    private record Network(
            UnetConfig config, Map<String, Plain> weights, Plain latents, Plain context, NDArray actual) {
        /** How far the network is from what it would be with other conventions. */
        double difference(Conventions conventions) {
            return new PlainUnet(config, weights, conventions)
                    .predict(latents, TIMESTEP, context)
                    .difference(actual);
        }
    }

    /**
     * @param special the parameters that get another size than 1
     */
    private static Network network(UnetConfig config, String special, double size) {
        Random random = new Random(1);
        ModelWeights weights = new ModelWeights(manager.newSubManager(), 0);
        Layers layers = new Layers(weights, kernels);
        Unet unet = new Unet(layers, config, List.of(config.upBlocks() - 1));
        Unet.NoiseOutput output = new Unet.NoiseOutput(layers, config);
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            Map<String, Plain> filled = Plain.fill(weights, random, name -> name.matches(special) ? size : 1);
            Plain latents = Plain.random(random, 1, 4, 4, 6);
            Plain context = Plain.random(random, 1, 3, 6);
            NDArray actual = output.apply(unet.features(
                            latents.toArray(manager).expandDims(0),
                            new double[] {TIMESTEP},
                            context.toArray(manager).expandDims(0),
                            Trace.none())
                    .head());
            NDScope.unregister(actual);
            return new Network(config, filled, latents, context, actual);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithTheNetworkWrittenOut(boolean linearProjection) {
        assertThat(network(config(linearProjection), "", 1).difference(Conventions.RIGHT))
                .isLessThan(AGREES);
    }

    /** The parameters whose smallness shows a norm small values. */
    @ParameterizedTest
    @CsvSource({
        "norm, .*(conv_in|conv2|proj_out)\\..*, 1e-6, 1e-6, 1e-5",
        "transformer norm, .*(conv_in|conv2)\\..*, 1e-5, 1e-5, 1e-5",
        "layer norm, .*proj_in\\..*, 1e-5, 1e-6, 1e-6"
    })
    void epsilonsAreThoseOfTheOriginal(
            String convention, String small, double norm, double transformerNorm, double layerNorm) {
        Network network = network(config(false), small, 0.002);
        Conventions wrong = new Conventions(norm, transformerNorm, layerNorm, Plain::gelu, true, true, 0);
        assertThat(network.difference(Conventions.RIGHT)).isLessThan(AGREES);
        assertThat(network.difference(wrong)).isGreaterThan(SHOWS);
    }

    @ParameterizedTest
    @CsvSource({"gate, false, true, 0", "waves, true, false, 0", "frequencies, true, true, 1"})
    void ordersAreThoseOfTheOriginal(String convention, boolean valueFirst, boolean cosineFirst, double shift) {
        Conventions wrong = new Conventions(1e-5, 1e-6, 1e-5, Plain::gelu, valueFirst, cosineFirst, shift);
        assertThat(network(config(false), "", 1).difference(wrong)).isGreaterThan(SHOWS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gatesAreTheExactGelu(boolean quick) {
        Network network = network(config(false), "", 1);
        DoubleUnaryOperator approximate = quick ? Plain::quickGelu : Plain::tanhGelu;
        assertThat(network.difference(Conventions.RIGHT)).isLessThan(AGREES);
        assertThat(network.difference(new Conventions(1e-5, 1e-6, 1e-5, approximate, true, true, 0)))
                .isGreaterThan(SHOWS);
    }

    /** config.json may say otherwise. */
    @Test
    void wavesAreAsConfigured() {
        UnetConfig standard = config(false);
        UnetConfig other = new UnetConfig(
                standard.channels(),
                standard.attention(),
                standard.heads(),
                standard.layers(),
                standard.contextWidth(),
                standard.groups(),
                standard.inChannels(),
                standard.outChannels(),
                standard.linearProjection(),
                1e-6,
                new UnetConfig.Waves(false, 1));
        assertThat(network(other, "", 1).difference(new Conventions(1e-6, 1e-6, 1e-5, Plain::gelu, true, false, 1)))
                .isLessThan(AGREES);
    }
}
