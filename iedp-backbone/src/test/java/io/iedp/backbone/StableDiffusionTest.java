package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionMap;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.api.nn.WeightsPath;
import io.iedp.nn.Gradients;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features and attention maps of a small model with random weights, whose numbers recorded cases hold. */
class StableDiffusionTest {
    private NDManager manager;
    private TorchKernels kernels;
    private NDScope scope;
    private Gradients.Recording off;

    @BeforeEach
    void open() {
        manager = TorchRuntime.get().newManager(Device.cpu());
        kernels = TorchKernels.load();
        off = Gradients.pause();
        scope = new NDScope();
    }

    @AfterEach
    void close() {
        scope.close();
        off.close();
        kernels.close();
        manager.close();
    }

    private record Context(Kernels kernels, Weights weights, long seed) implements BackboneContext {}

    private Backbone backbone(Optional<List<Integer>> taps) {
        return backbone(taps, StableDiffusionConfig.Train.NONE, false, 0, kernels, new ModelWeights(manager, 0));
    }

    private static Backbone backbone(
            Optional<List<Integer>> taps,
            StableDiffusionConfig.Train train,
            boolean checkpointing,
            double stochasticDepth,
            Kernels kernels,
            ModelWeights weights) {
        StableDiffusionConfig.Architecture architecture =
                new StableDiffusionConfig.Architecture(List.of(8, 8, 16), 1, 2, 1, 6, 4, List.of(4, 8), 1, 4);
        return new StableDiffusionFactory()
                .create(
                        new StableDiffusionConfig(
                                Optional.empty(),
                                1,
                                Optional.of(1.0),
                                taps,
                                train,
                                checkpointing,
                                stochasticDepth,
                                architecture),
                        new Context(kernels, weights, 0));
    }

    /** Pictures of 32 x 48 pixels, which the coarsest level sees as 4 x 6 cells. */
    private Features features(Backbone backbone, AttentionRequest request) {
        NDArray pixels = manager.randomUniform(0, 1, new Shape(2, 3, 32, 48));
        NDArray context = manager.randomNormal(new Shape(2, 5, 6));
        return backbone.features(backbone.encode(pixels), context, request);
    }

    @Test
    void picturesNeedNotBeSquare() {
        Backbone backbone = backbone(Optional.empty());
        assertThat(backbone.sizeMultiple()).isEqualTo(8);
        assertThat(backbone.levels())
                .containsExactly(new FeatureLevel(8, 2), new FeatureLevel(8, 4), new FeatureLevel(16, 8));
        Features features = features(backbone, AttentionRequest.NONE);
        assertThat(features.levels())
                .extracting(NDArray::getShape)
                .containsExactly(new Shape(2, 8, 16, 24), new Shape(2, 8, 8, 12), new Shape(2, 16, 4, 6));
        assertThat(features.attention()).isEmpty();
    }

    /** Two blocks a level on the way up: 0 and 1 of 16 channels, 2 and 3 of 8, 4 and 5 of 8. */
    @Test
    void featuresAreThoseOfTheTappedBlocks() {
        Backbone backbone = backbone(Optional.of(List.of(1, 2, 4)));
        // The second block of a level ends at the resolution of the next.
        assertThat(backbone.levels())
                .containsExactly(new FeatureLevel(8, 2), new FeatureLevel(8, 4), new FeatureLevel(16, 4));
        assertThat(features(backbone, AttentionRequest.NONE).levels())
                .extracting(NDArray::getShape)
                .containsExactly(new Shape(2, 8, 16, 24), new Shape(2, 8, 8, 12), new Shape(2, 16, 8, 12));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 255})
    void tapsBeyondTheLastBlockAreRefused(int tap) {
        assertThatThrownBy(() -> backbone(Optional.of(List.of(0, tap))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("below 6")
                .hasMessageContaining("[0, %s]".formatted(tap));
    }

    @Test
    void tapsOutOfOrderAreRefused() {
        assertThatThrownBy(() -> backbone(Optional.of(List.of(3, 1))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("ascending");
    }

    @Test
    void attentionMapsAreThoseOfTheResolutionsAndPartsAskedFor() {
        Backbone backbone = backbone(Optional.empty());
        Features features = features(backbone, new AttentionRequest(Set.of(2, 4), Set.of(Part.DOWN, Part.UP), false));
        assertThat(features.attention())
                .extracting(map ->
                        map.part() + " " + map.stride() + " " + map.weights().getShape())
                .containsExactly(
                        "DOWN 2 (2, 5, 16, 24)",
                        "DOWN 4 (2, 5, 8, 12)",
                        "UP 4 (2, 5, 8, 12)",
                        "UP 4 (2, 5, 8, 12)",
                        "UP 2 (2, 5, 16, 24)",
                        "UP 2 (2, 5, 16, 24)");
        for (AttentionMap map : features.attention()) {
            NDArray sums = map.weights().sum(new int[] {1});
            assertThat(sums.sub(1).abs().max().getFloat()).isCloseTo(0, within(1e-5f));
        }
        NDArray mean = features.attention()
                .get(1)
                .weights()
                .add(features.attention().get(2).weights())
                .add(features.attention().get(3).weights())
                .div(3);
        assertThat(features.attention(4).sub(mean).abs().max().getFloat()).isLessThan(1e-6f);
        assertThatThrownBy(() -> features.attention(8))
                .hasMessage("There are no attention maps of stride 8, only of [2, 4]");
        // The coarsest level has no transformers on the ways, but the middle has one.
        assertThat(features(backbone, new AttentionRequest(Set.of(8), Set.of(Part.values()), false))
                        .attention())
                .extracting(map -> map.part() + " " + map.weights().getShape())
                .containsExactly("MID (2, 5, 4, 6)");
    }

    @Test
    void mapsByHeadHaveTheHeadsMean() {
        Backbone backbone = backbone(Optional.empty());
        NDArray latents = manager.randomNormal(new Shape(1, 4, 8, 4));
        NDArray context = manager.randomNormal(new Shape(1, 5, 6));
        AttentionRequest means = new AttentionRequest(Set.of(4), Set.of(Part.UP), false);
        AttentionRequest heads = new AttentionRequest(Set.of(4), Set.of(Part.UP), true);
        NDArray mean = backbone.features(latents, context, means).attention(4);
        NDArray byHead = backbone.features(latents, context, heads).attention(4);
        assertThat(byHead.getShape()).isEqualTo(new Shape(1, 2, 5, 4, 2));
        assertThat(byHead.mean(new int[] {1}).sub(mean).abs().max().getFloat()).isLessThan(1e-6f);
    }

    @Test
    void mapsDoNotChangeTheFeatures() {
        Backbone backbone = backbone(Optional.empty());
        NDArray latents = manager.randomNormal(new Shape(1, 4, 8, 8));
        NDArray context = manager.randomNormal(new Shape(1, 5, 6));
        Features plain = backbone.features(latents, context);
        Features mapped =
                backbone.features(latents, context, new AttentionRequest(Set.of(2, 4, 8), Set.of(Part.values()), true));
        assertThat(mapped.levels()).isEqualTo(plain.levels());
        assertThat(mapped.attention()).hasSize(7);
        assertThat(mapped.map(array -> array.mul(2)).attention(2))
                .isEqualTo(mapped.attention(2).mul(2));
    }

    /** A sample is not changed by those beside it, nor by their timesteps. */
    @Test
    void eachSampleHasItsTimestep() {
        UnetConfig config = UnetConfig.of(List.of(8, 16), 1, 2, 1, 6, 4, 4);
        Unet unet = new Unet(new Layers(new ModelWeights(manager, 0), kernels), config, List.of(0, 3));
        NDArray latents = manager.randomNormal(new Shape(2, 4, 6, 4));
        NDArray context = manager.randomNormal(new Shape(2, 5, 6));
        NDList both = unet.features(latents, new double[] {3, 700}, context, Trace.none());
        for (int i = 0; i < 2; i++) {
            String row = i + ":" + (i + 1);
            NDList alone =
                    unet.features(latents.get(row), new double[] {i == 0 ? 3 : 700}, context.get(row), Trace.none());
            for (int level = 0; level < both.size(); level++) {
                NDArray difference =
                        both.get(level).get(row).sub(alone.get(level)).abs();
                assertThat(difference.max().getFloat()).isLessThan(1e-5f);
            }
        }
        NDList same = unet.features(latents, new double[] {3}, context, Trace.none());
        assertThat(same.get(1).sub(both.get(1)).get(0).abs().max().getFloat()).isLessThan(1e-5f);
        assertThat(same.get(1).sub(both.get(1)).get(1).abs().max().getFloat()).isGreaterThan(1e-3f);
    }

    /** With weights of the cross-attention handed out, and without. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blocksThatAreComputedAgainGiveTheSameGradients(boolean maps) {
        Map<String, NDArray> plain = new TreeMap<>();
        Map<String, NDArray> again = new TreeMap<>();
        int kept = gradients(false, maps, 0, plain);
        int repeated = gradients(true, maps, 0, again);
        // Two transformers on the way down, four on the way up and one in the middle, of two attentions each.
        assertThat(kept).isEqualTo(14);
        assertThat(repeated).isEqualTo(2 * kept);
        assertThat(plain).hasSizeGreaterThan(200);
        assertThat(again.keySet()).isEqualTo(plain.keySet());
        plain.forEach((name, expected) -> {
            assertThat(expected.abs().max().getFloat()).as(name).isPositive();
            assertThat(difference(again.get(name), expected)).as(name).isLessThan(1e-5f);
        });
    }

    /** The draw is made once for both ways of a block. */
    @Test
    void blocksThatAreComputedAgainArePassedOverForTheSameSamples() {
        Map<String, NDArray> all = new TreeMap<>();
        Map<String, NDArray> plain = new TreeMap<>();
        Map<String, NDArray> again = new TreeMap<>();
        gradients(false, false, 0, all);
        gradients(false, false, 0.3, plain);
        gradients(true, false, 0.3, again);

        plain.forEach((name, expected) ->
                assertThat(difference(again.get(name), expected)).as(name).isLessThan(1e-5f));
        assertThat(plain)
                .anySatisfy((name, gradient) ->
                        assertThat(difference(gradient, all.get(name))).isGreaterThan(0.1f));
    }

    /** The largest, relative to the largest expected. */
    private static float difference(NDArray actual, NDArray expected) {
        float difference = actual.sub(expected).abs().max().getFloat();
        return difference == 0 ? 0 : difference / expected.abs().max().getFloat();
    }

    @Test
    void nothingIsPassedOverOutsideTraining() {
        Backbone always = backbone(Optional.empty());
        Backbone sometimes = backbone(
                Optional.empty(), StableDiffusionConfig.Train.UNET, false, 0.9, kernels, new ModelWeights(manager, 0));
        NDArray latents = manager.randomNormal(new Shape(2, 4, 8, 8));
        NDArray context = manager.randomNormal(new Shape(2, 5, 6));

        assertThat(sometimes.features(latents, context).levels())
                .isEqualTo(always.features(latents, context).levels());
    }

    /** Puts the gradients of all parameters and of the context into the map; the result counts the attentions run. */
    private int gradients(boolean checkpointing, boolean maps, double stochasticDepth, Map<String, NDArray> into) {
        AtomicInteger attentions = new AtomicInteger();
        Kernels counting = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("attention")) {
                        attentions.incrementAndGet();
                    }
                    return method.invoke(kernels, arguments);
                });
        ModelWeights weights = new ModelWeights(manager, 0);
        // The second of these ends at the resolution of the next level.
        Optional<List<Integer>> taps = Optional.of(List.of(0, 1, 2, 5));
        Backbone backbone =
                backbone(taps, StableDiffusionConfig.Train.UNET, checkpointing, stochasticDepth, counting, weights);
        NDArray latents = wave(new Shape(2, 4, 8, 16));
        NDArray context = wave(new Shape(2, 5, 6));
        context.setRequiresGradient(true);
        try (Gradients.Recording on = Gradients.record()) {
            AttentionRequest request = new AttentionRequest(maps ? Set.of(4) : Set.of(), Set.of(Part.values()), false);
            Features features = TorchRuntime.get().seeded(5, () -> backbone.features(latents, context, request));
            NDList results = new NDList(features.levels());
            features.attention().forEach(map -> results.add(map.weights()));
            NDArray loss = results.stream()
                    .map(each -> each.mul(wave(each.getShape())).sum())
                    .reduce(NDArray::add)
                    .orElseThrow();
            Gradients.backward(loss);
        }
        into.put("context", Gradients.of(context).orElseThrow());
        weights.parameters()
                .forEach(parameter ->
                        Gradients.of(parameter.array()).ifPresent(gradient -> into.put(parameter.name(), gradient)));
        return attentions.get();
    }

    private NDArray wave(Shape shape) {
        return manager.arange((float) shape.size()).mul(0.7f).sin().reshape(shape);
    }

    /** Latents have the scale that the published autoencoder was trained with, unless the experiment says another. */
    @Test
    void latentsHaveTheScaleOfTheirWeights(@TempDir Path folder) throws IOException {
        StableDiffusionConfig.Architecture sizes =
                new StableDiffusionConfig.Architecture(List.of(8, 16), 0, 2, 1, 6, 4, List.of(4, 8), 1, 4);
        publish(folder, "vae", sizes.vae().withLatentScale(0.75).json(), layers -> new VaeEncoder(layers, sizes.vae()));
        publish(
                folder,
                "unet",
                sizes.unet().json(),
                layers -> new Unet(layers, sizes.unet(), sizes.unet().standardTaps()));

        NDArray pixels = manager.randomUniform(0, 1, new Shape(1, 3, 16, 16));
        NDArray plain = published(folder, Optional.of(1.0)).encode(pixels);
        NDArray scaled = published(folder, Optional.empty()).encode(pixels);

        assertThat(plain.norm().getFloat()).isPositive();
        assertThat(scaled.sub(plain.mul(0.75)).abs().max().getFloat()).isZero();
    }

    private void publish(Path folder, String part, JsonObject config, Consumer<Layers> model) throws IOException {
        Path own = Files.createDirectory(folder.resolve(part));
        Files.writeString(own.resolve("config.json"), config.toString());
        ModelWeights weights = new ModelWeights(manager, 0);
        model.accept(new Layers(weights, kernels));
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        weights.parameters().forEach(each -> arrays.put(each.name(), each.array()));
        SafeTensorsWriter.write(own.resolve("diffusion_pytorch_model.safetensors"), arrays, Map.of());
    }

    private Backbone published(Path folder, Optional<Double> scale) {
        StableDiffusionConfig config = new StableDiffusionConfig(
                Optional.of(WeightsPath.of(folder)),
                1,
                scale,
                Optional.empty(),
                StableDiffusionConfig.Train.NONE,
                false,
                0,
                new StableDiffusionConfig.Architecture(List.of(8, 16), 0, 2, 1, 6, 4, List.of(4, 8), 1, 4));
        return new StableDiffusionFactory().create(config, new Context(kernels, new ModelWeights(manager, 0), 0));
    }
}
