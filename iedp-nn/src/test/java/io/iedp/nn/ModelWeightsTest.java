package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.iedp.api.UserException;
import io.iedp.api.nn.Weights;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWeightsTest {
    /** Must not run where values come from a file. */
    private static final Initializer NEVER = (manager, shape, type) -> {
        throw new AssertionError("initialized");
    };

    private NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        manager = TorchRuntime.get().newManager(Device.cpu());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private SafeTensors source() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafeTensorsWriter.write(file, arrays, Map.of());
        return SafeTensors.open(file);
    }

    @Test
    void takesValuesFromTheSourceByNamesInItsScope() throws IOException {
        arrays.put("conv.weight", manager.create(new float[] {1, 2}));
        try (SafeTensors source = source()) {
            ModelWeights model = new ModelWeights(manager, 0);
            Weights loading = model.scope("unet").from(source);
            NDArray weight = loading.scope("conv").parameter("weight", new Shape(2), NEVER);
            loading.finish();
            assertThat(weight.toFloatArray()).containsExactly(1, 2);
            assertThat(model.parameters()).singleElement().satisfies(parameter -> {
                assertThat(parameter.name()).isEqualTo("unet.conv.weight");
                assertThat(parameter.loaded()).isTrue();
            });
        }
    }

    /** They lie in the pages of the file, which must stay there although it is closed, deleted and forgotten. */
    @Test
    void frozenValuesOutliveTheirFile() throws IOException {
        arrays.put("a", manager.arange(100_000f));
        arrays.put("half", manager.create(1.5f).toType(DataType.FLOAT16, false));
        NDArray frozen;
        NDArray half;
        try (SafeTensors source = source()) {
            Weights loading = new ModelWeights(manager, 0).frozen().from(source);
            frozen = loading.parameter("a", new Shape(100_000), NEVER);
            half = loading.parameter("half", new Shape(), NEVER);
            loading.finish();
        }
        Files.delete(folder.resolve("model.safetensors"));
        System.gc();
        assertThat(frozen).isEqualTo(manager.arange(100_000f));
        assertThat(half.getFloat()).isEqualTo(1.5f);
    }

    /** Then their pages are given back, which must not be before. */
    @Test
    void frozenValuesBecomeBfloat16() throws IOException {
        arrays.put("a", manager.create(new float[] {1, -1.5f, 3, 4}).reshape(2, 2));
        try (SafeTensors source = source();
                TorchKernels kernels = TorchKernels.load()) {
            ModelWeights model = new ModelWeights(manager, 0);
            Weights loading = model.frozen().from(source);
            NDArray weight = loading.parameter("a", new Shape(2, 2), NEVER);
            loading.finish();
            model.toBfloat16(kernels, parameter -> true);
            NDArray x = manager.create(new float[] {1, 0}).reshape(1, 2);
            assertThat(kernels.float32(kernels.linear(x, weight)).toFloatArray())
                    .containsExactly(1, 3);
            assertThat(weight.getManager()).isSameAs(manager);
        }
    }

    @Test
    void listsWhatDoesNotFitByName() throws IOException {
        arrays.put("conv_inn.weight", manager.create(new float[] {1, 2}));
        arrays.put("conv_in.bias", manager.create(new float[] {1, 2}));
        arrays.put("extra", manager.create(3f));
        try (SafeTensors source = source()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            loading.parameter("conv_in.weight", new Shape(2), NEVER);
            loading.parameter("conv_in.bias", new Shape(1_000_000, 1_000_000), NEVER);
            assertThatThrownBy(loading::finish)
                    .isInstanceOf(UserException.class)
                    .hasMessage(("%s does not hold this model's weights; 4 arrays do not fit (1 missing, 1 misshapen, "
                                    + "2 unexpected):%n"
                                    + "  missing:    conv_in.weight (2), perhaps 'conv_inn.weight'%n"
                                    + "  misshapen:  conv_in.bias is (2), the model has (1000000, 1000000)%n"
                                    + "  unexpected: conv_inn.weight (2)%n"
                                    + "  unexpected: extra ()")
                            .formatted(source.description()));
        }
    }

    @Test
    void listsOnlyTheFirstOfMany() throws IOException {
        for (int i = 0; i < 30; i++) {
            arrays.put(String.format(Locale.ROOT, "unknown.%02d", i), manager.create(0f));
        }
        try (SafeTensors source = source()) {
            Weights loading = new ModelWeights(manager, 0).from(source);
            assertThatThrownBy(loading::finish)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("30 arrays do not fit (0 missing, 0 misshapen, 30 unexpected)")
                    .hasMessageContaining("unexpected: unknown.19 ()")
                    .hasMessageNotContaining("unknown.20")
                    .hasMessageEndingWith("unexpected: ... and 10 more");
        }
    }

    /** Values are made by no initializer, and read in the same way as into any other model. */
    @Test
    void aBlankModelIsFilledFromFiles() throws IOException {
        arrays.put("conv.weight", manager.create(new float[] {1, 2}));
        try (SafeTensors source = source();
                TorchKernels kernels = TorchKernels.load()) {
            ModelWeights model = ModelWeights.blank(manager);
            NDArray trained = model.scope("conv").parameter("weight", new Shape(2), NEVER);
            NDArray mean = model.scope("norm").buffer("mean", new Shape(3), NEVER);
            NDArray loaded = model.scope("unet").from(source).scope("conv").parameter("weight", new Shape(2), NEVER);

            kernels.copy(List.of(trained, mean), List.of(loaded, manager.ones(new Shape(3))));

            assertThat(trained.toFloatArray()).containsExactly(1, 2);
            assertThat(mean.toFloatArray()).containsExactly(1, 1, 1);
            assertThat(model.parameters()).extracting(Parameter::loaded).containsExactly(false, false, true);
        }
    }
}
