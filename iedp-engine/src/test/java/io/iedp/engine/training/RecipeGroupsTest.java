package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.experiment.Experiment.Training;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rates and decays that mmcv gives parameters of VPD's model, whose {@code paramwise_cfg} is {@code unet: lr_mult 0.1,
 * norm: decay_mult 0}: keys of one length are tried by the alphabet, and the first that the name holds counts. In VPD's own names,
 * of the UNet's parameters only the transformers' norms hold {@code norm}; ResBlocks' are {@code in_layers.0}.
 */
class RecipeGroupsTest {
    private static final Map<String, double[]> RATE_AND_DECAY = Map.of(
            "backbone.unet.down_blocks.0.attentions.0.norm.weight", new double[] {1, 0},
            "backbone.unet.up_blocks.1.attentions.2.transformer_blocks.0.norm3.bias", new double[] {1, 0},
            "backbone.unet.down_blocks.0.resnets.1.norm2.weight", new double[] {0.1, 1},
            "backbone.unet.mid_block.resnets.0.conv1.bias", new double[] {0.1, 1},
            "backbone.unet.conv_in.weight", new double[] {0.1, 1},
            "guidance.classes.adapter.gamma", new double[] {1, 1},
            "head.lateral_convs.0.bn.weight", new double[] {1, 1},
            "head.conv_seg.bias", new double[] {1, 1});

    @ParameterizedTest
    @CsvSource({"vpd, 1e-3", "tadp, 5e-3", "tadp-4k, 5e-3", "iedp, 1e-3"})
    void areThoseOfTheOriginal(String recipe, double decay) {
        assertGroups("ade20k/" + recipe, decay, Function.identity());
    }

    /** Its code sorts parameters likewise, but nothing reads the smaller rates that it gives them: train.py 207 to 240. */
    @Test
    void allOfAReferringModelTrainsAtOneRate() {
        assertGroups("refcoco/vpd", 1e-2, rate -> 1.0);
    }

    private static void assertGroups(String recipe, double decay, Function<Double, Double> rate) {
        Training training = new ExperimentLoader(PluginLoader.own(), Map.of())
                .load(Path.of("../configs/%s.yaml".formatted(recipe)), List.of())
                .experiment()
                .training();
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            List<Parameter> parameters = new ArrayList<>();
            RATE_AND_DECAY.keySet().forEach(name -> {
                NDArray array = manager.zeros(name.endsWith("conv_in.weight") ? new Shape(2, 2) : new Shape(2));
                arrays.put(name, array);
                parameters.add(new Parameter(name, array, Parameter.Role.TRAINED, true));
            });

            Map<String, double[]> given = new LinkedHashMap<>();
            ParameterGroups.of(training, parameters)
                    .forEach(group -> arrays.forEach((name, array) -> {
                        if (group.parameters().stream().anyMatch(each -> each == array)) {
                            given.put(name, new double[] {group.rate(), group.decay()});
                        }
                    }));

            RATE_AND_DECAY.forEach((name, expected) ->
                    assertThat(given.get(name)).as(name).containsExactly(rate.apply(expected[0]), expected[1] * decay));
        }
    }

    /** BEiT's rule: with n blocks, block i from 1 has {@code decay^(n + 1 - i)}; what is not in the group keeps its rate. */
    @Test
    void ratesMayFallFromBlockToBlock() {
        Training training = new ExperimentLoader(PluginLoader.own(), Map.of())
                .load(
                        Path.of("../configs/ade20k/vpd.yaml"),
                        List.of("training.groups=[{match: backbone.unet.*, learning-rate: 0.5, layer-decay: 0.9}]"))
                .experiment()
                .training();
        List<String> names = List.of(
                "backbone.unet.conv_in.weight",
                "backbone.unet.time_embedding.linear_1.weight",
                "backbone.unet.down_blocks.0.resnets.0.conv1.weight",
                "backbone.unet.down_blocks.0.attentions.1.norm.weight",
                "backbone.unet.down_blocks.1.resnets.0.conv1.weight",
                "backbone.unet.mid_block.resnets.0.conv1.weight",
                "backbone.unet.mid_block.resnets.1.conv1.weight",
                "backbone.unet.up_blocks.0.resnets.0.conv1.weight",
                "head.conv_seg.weight");
        double[] powers = {6, 5, 4, 4, 3, 2, 2, 1};
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            List<Parameter> parameters = names.stream()
                    .map(name -> new Parameter(name, manager.zeros(new Shape(2, 2)), Parameter.Role.TRAINED, true))
                    .toList();
            List<GroupedOptimizer.Group> groups = ParameterGroups.of(training, parameters);

            for (int i = 0; i < powers.length; i++) {
                assertThat(rate(groups, parameters.get(i)))
                        .as(names.get(i))
                        .isCloseTo(0.5 * Math.pow(0.9, powers[i]), within(1e-12));
            }
            assertThat(rate(groups, parameters.get(8))).isEqualTo(1);
        }
    }

    private static double rate(List<GroupedOptimizer.Group> groups, Parameter parameter) {
        return groups.stream()
                .filter(group -> group.parameters().stream().anyMatch(each -> each == parameter.array()))
                .mapToDouble(GroupedOptimizer.Group::rate)
                .findFirst()
                .orElseThrow();
    }
}
