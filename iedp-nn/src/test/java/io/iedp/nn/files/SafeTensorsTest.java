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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
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

    /** The bits are those of IEEE 754, and of its upper half for bfloat16. */
    @ParameterizedTest
    @CsvSource({
        "F64, 000000000000F8BF0000000000000440, FLOAT64, -1.5, 2.5",
        "F32, 0000C0BF00002040, FLOAT32, -1.5, 2.5",
        "F16, 00BE0041, FLOAT16, -1.5, 2.5",
        "BF16, C0BF2040, FLOAT32, -1.5, 2.5",
        "I64, FEFFFFFFFFFFFFFF0300000000000000, INT64, -2, 3",
        "I32, FEFFFFFF03000000, INT32, -2, 3",
        "I16, FEFF0300, INT32, -2, 3",
        "I8, FE03, INT8, -2, 3",
        "U32, FEFFFFFF03000000, INT64, 4294967294, 3",
        "U16, FEFF0300, INT32, 65534, 3",
        "U8, FE03, UINT8, 254, 3",
        "BOOL, 0001, BOOLEAN, 0, 1"
    })
    void readsEveryType(ElementType type, String hex, DataType arrayType, double first, double second) {
        String header =
                "{\"x\":{\"dtype\":\"%s\",\"shape\":[2,1],\"data_offsets\":[0,%s]}}".formatted(type, hex.length() / 2);
        try (SafeTensors source = SafeTensors.open(file(header, bytes(hex)))) {
            NDArray stored = source.readAsStored("x", manager);
            assertThat(stored.getDataType()).isEqualTo(arrayType);
            assertThat(stored.getShape()).isEqualTo(new Shape(2, 1));
            NDArray floats = source.read("x", manager);
            assertThat(floats.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(floats.toFloatArray()).containsExactly((float) first, (float) second);
            try (StoredArray array = source.stored("x")) {
                assertThat(array.type()).isEqualTo(type);
                assertThat(array.bytes()).isEqualTo(ByteBuffer.wrap(bytes(hex)));
            }
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("weight", manager.arange(6f).reshape(2, 3));
        arrays.put("scalar", manager.create(7f));
        arrays.put("empty", manager.create(new Shape(0, 4)));
        arrays.put("count", manager.create(new long[] {1L << 40}));
        Path file = folder.resolve("written.safetensors");
        SafeTensorsWriter.write(file, arrays, Map.of("step", "3"));
        try (SafeTensors source = SafeTensors.open(file)) {
            assertThat(source.metadata()).containsExactly(Map.entry("step", "3"));
            assertThat(source.names()).containsExactlyElementsOf(arrays.keySet());
            arrays.forEach((name, array) ->
                    assertThat(source.readAsStored(name, manager)).as(name).isEqualTo(array));
        }
    }

    @Test
    void arraysOutliveTheirFile() {
        NDArray array;
        try (SafeTensors source = SafeTensors.open(
                file("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", bytes("0000C0BF")))) {
            array = source.read("x", manager);
        }
        assertThat(array.getFloat()).isEqualTo(-1.5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[]; 0; its header is no valid JSON: Expected BEGIN_OBJECT but was BEGIN_ARRAY",
                "{'a':1}; 0; its header is no valid JSON: Expected BEGIN_OBJECT but was NUMBER",
                "{'a':{}}; 0; 'a' lacks its dtype, shape or data_offsets",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}}; 4; 'a' lacks its dtype, shape or data_offsets",
                "{'a':{'dtype':'F8_E4M3','shape':[1],'data_offsets':[0,1]}}; 1; 'a' has the type F8_E4M3; these can be",
                "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}; 4; its header is no valid JSON",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}; 4; 'a' of shape [2] and type F32 needs 8 bytes,"
                        + " but has 4",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}; 4; 'a' has the impossible shape [-1]",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}}; 4; 'a' has the impossible"
                        + " shape [4294967296, 4294967296]",
                "{'a':{'dtype':'F32','shape':[0,4611686018427387904],'data_offsets':[0,0]}}; 0; 'a' has the impossible"
                        + " shape [0, 4611686018427387904]",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}; 4; 'a' lies at bytes 0 to 8 of the data, which"
                        + " has 4: the file may be cut short",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}; 4; 'a' lies at bytes -4 to 0 of the data",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}; 4; 'a' lies at bytes 4 to 0 of the data",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],"
                        + "'data_offsets':[1,3]}}; 3; 'a' and 'b' overlap",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}; 2; bytes 0 to 1 of the data belong to no array",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}; 2; bytes 1 to 2 of the data belong to no array",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],"
                        + "'data_offsets':[1,2]}}; 2; its header has 'a' twice",
                "{} {}; 0; its header is no valid JSON",
                "{/**/}; 0; its header is no valid JSON",
            })
    void refusesDamagedHeaders(String header, int data, String message) {
        Path file = file(header.replace('\'', '"'), new byte[data]);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " cannot be used: it is no whole safetensors file: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, its header would have 9223372036854775807 bytes",
        "-1, its header would have -1 bytes",
        "1, its header would have 1 bytes",
        "23, its header would have 23 bytes"
    })
    void refusesImpossibleHeaderLengths(long length, String message) {
        ByteBuffer bytes =
                ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = TestFiles.write(folder.resolve("x.safetensors"), bytes.array());
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesHeadersBeyondAllMeasure() {
        byte[] header = new byte[(16 << 20) + 1];
        Arrays.fill(header, (byte) ' ');
        Path file = file(new String(header, StandardCharsets.ISO_8859_1), new byte[0]);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its header would have 16777217 bytes; more than 16777216 are absurd");
    }

    private Path file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text).put(data);
        return TestFiles.write(folder.resolve("x.safetensors"), bytes.array());
    }
}
