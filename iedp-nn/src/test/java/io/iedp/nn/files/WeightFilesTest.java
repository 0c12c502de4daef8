package io.iedp.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.RenamedSource.Renamed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightFilesTest {
    private NDManager manager;

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

    private void write(String file, Map<String, NDArray> arrays) {
        try {
            SafeTensorsWriter.write(folder.resolve(file), new TreeMap<>(arrays), Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private NDArray floats(float... values) {
        return manager.create(values);
    }

    private Path index(String json) {
        return TestFiles.write(
                folder.resolve("model.safetensors.index.json"),
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void joinsShards() {
        write("one.safetensors", Map.of("a", floats(1, 2)));
        write("two.safetensors", Map.of("b", floats(3)));
        index("{'metadata':{},'weight_map':{'a':'one.safetensors','b':'two.safetensors'}}");
        try (StoredSource source = WeightFiles.inFolder(folder, "model", "pytorch_model")) {
            assertThat(source.names()).containsExactly("a", "b");
            assertThat(source.shape("a")).contains(new Shape(2));
            assertThat(source.read("a", manager).toFloatArray()).containsExactly(1, 2);
            assertThat(source.read("b", manager).toFloatArray()).containsExactly(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'weight_map':{'a':'one.safetensors'}}; one.safetensors has an array 'b', of which",
                "{'weight_map':{'a':'one.safetensors','b':'one.safetensors','c':'one.safetensors'}};"
                        + " one.safetensors has no array 'c', but",
                "{'weight_map':{'a':'two.safetensors'}}; There is no weights file",
                "{'weight_map':{'a':'../one.safetensors'}}; names the file '../one.safetensors', which does not lie",
                "{'weight_map':{'a':'model.safetensors.index.json'}}; names the file 'model.safetensors.index.json'",
                "{'weight_map':[]}; cannot be read",
                "{'weight_map':{'a':[]}}; cannot be read",
                "{; cannot be read",
                "[]; cannot be read",
                "{}; it has no weight_map",
            })
    void refusesContradictingIndexes(String json, String message) {
        write("one.safetensors", Map.of("a", floats(1), "b", floats(2)));
        Path index = index(json);
        assertThatThrownBy(() -> WeightFiles.open(index))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    @Test
    void prefersWholeAndPreciseFiles() {
        TestFiles.write(folder.resolve("pytorch_model.bin"), TestFiles.bytes("bare_state_dict.pt"));
        assertOpens("pytorch_model.bin");
        write("model.fp16.safetensors", Map.of("half", floats(1).toType(DataType.FLOAT16, false)));
        assertOpens("model.fp16.safetensors");
        write("one.safetensors", Map.of("a", floats(1)));
        index("{'weight_map':{'a':'one.safetensors'}}");
        assertOpens("model.safetensors.index.json");
        write("model.safetensors", Map.of("a", floats(1)));
        assertOpens("model.safetensors");
    }

    private void assertOpens(String file) {
        try (StoredSource source = WeightFiles.inFolder(folder, "model", "pytorch_model")) {
            assertThat(source.description()).isEqualTo(folder.resolve(file).toString());
        }
    }

    @Test
    void saysWhatItLookedFor() {
        assertThatThrownBy(() -> WeightFiles.inFolder(folder, "model", "pytorch_model"))
                .isInstanceOf(UserException.class)
                .hasMessage("There are no weights in %s: none of model.safetensors, model.safetensors.index.json, "
                                .formatted(folder)
                        + "model.fp16.safetensors, model.safetensors.index.fp16.json, model.bf16.safetensors, "
                        + "model.safetensors.index.bf16.json, pytorch_model.bin, pytorch_model.bin.index.json, "
                        + "pytorch_model.fp16.bin, pytorch_model.bin.index.fp16.json, pytorch_model.bf16.bin, "
                        + "pytorch_model.bin.index.bf16.json");
    }

    @Test
    void changesArraysOnTheWay() {
        write(
                "x.safetensors",
                Map.of(
                        "m",
                        manager.arange(6f).reshape(3, 2),
                        "c",
                        manager.arange(4f).reshape(2, 2, 1, 1)));
        try (StoredSource source = RenamedSource.of(
                WeightFiles.open(folder.resolve("x.safetensors")),
                name -> name.equals("m")
                        ? List.of(
                                new Renamed("t", ArrayConversion.TRANSPOSED),
                                new Renamed("q", ArrayConversion.FIRST_THIRD),
                                new Renamed("k", ArrayConversion.SECOND_THIRD),
                                new Renamed("v", ArrayConversion.LAST_THIRD),
                                new Renamed("none", ArrayConversion.CONVOLUTION_TO_LINEAR))
                        : List.of(new Renamed("l", ArrayConversion.CONVOLUTION_TO_LINEAR)))) {
            assertIs(source, "t", new Shape(2, 3), 0, 2, 4, 1, 3, 5);
            assertIs(source, "q", new Shape(1, 2), 0, 1);
            assertIs(source, "k", new Shape(1, 2), 2, 3);
            assertIs(source, "v", new Shape(1, 2), 4, 5);
            assertIs(source, "l", new Shape(2, 2), 0, 1, 2, 3);
            assertIs(source, "none", new Shape(3, 2), 0, 1, 2, 3, 4, 5);
        }
    }

    private void assertIs(StoredSource source, String name, Shape shape, float... values) {
        assertThat(source.shape(name)).as(name).contains(shape);
        NDArray array = source.read(name, manager);
        assertThat(array.getShape()).as(name).isEqualTo(shape);
        assertThat(array.toFloatArray()).as(name).containsExactly(values);
    }

    @Test
    void refusesTwoArraysOfOneName() {
        write("x.safetensors", Map.of("a", floats(1), "b", floats(2)));
        try (StoredSource file = WeightFiles.open(folder.resolve("x.safetensors"))) {
            assertThatThrownBy(() -> new RenamedSource(file, name -> "c"))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("has two arrays for 'c': 'a' and 'b'");
        }
    }
}
