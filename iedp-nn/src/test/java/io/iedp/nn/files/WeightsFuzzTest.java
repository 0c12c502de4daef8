package io.iedp.nn.files;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.TorchRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsFuzzTest {
    @TempDir
    Path folder;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the places of all arrays, and their elements as they are. */
    private static void read(Path file) {
        try (StoredSource source = WeightFiles.open(file)) {
            for (String name : source.names()) {
                source.stored(name).close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.ckpt", "tiny_legacy.ckpt", "bare_state_dict.pt", "expected.safetensors"})
    void files(String name) {
        Fuzz.run(name, 1000, List.of(TestFiles.bytes(name)), Frugal.file(folder.resolve(name), WeightsFuzzTest::read));
    }

    @Test
    void arrays() {
        byte[] file = TestFiles.bytes("bare_state_dict.pt");
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            Fuzz.run("arrays", 300, List.of(file), Frugal.file(folder.resolve("a.pt"), path -> {
                try (StoredSource source = WeightFiles.open(path);
                        NDManager own = manager.newSubManager()) {
                    source.names().forEach(each -> source.readAsStored(each, own));
                }
            }));
        }
    }

    @Test
    void headersOfSafetensors() {
        byte[] header = text("{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],"
                + "\"data_offsets\":[0,16]},\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[16,24]}}");
        Path file = folder.resolve("a.safetensors");
        Fuzz.run("headers-of-safetensors", 3000, List.of(header), Frugal.of(bytes -> {
            ByteBuffer whole = ByteBuffer.allocate(8 + bytes.length + 24).order(ByteOrder.LITTLE_ENDIAN);
            read(TestFiles.write(file, whole.putLong(bytes.length).put(bytes).array()));
        }));
    }

    /** In an archive whose checksums are right. */
    @Test
    void picklesOfPyTorch() {
        byte[] state = new Pickles()
                .op('}')
                .text("state_dict")
                .op('}')
                .text("a")
                .tensor("FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1})
                .op('s')
                .text("b")
                .tensor("FloatStorage", "0", 6, 1, new long[] {3, 2}, new long[] {1, 2})
                .op('s')
                .op('s')
                .op('.')
                .bytes();
        Path file = folder.resolve("a.pt");
        Fuzz.run("pickles-of-pytorch", 2000, List.of(state), Frugal.of(bytes -> {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put("archive/data.pkl", bytes);
            entries.put("archive/data/0", new byte[24]);
            read(Pickles.zip(file, entries, ZipEntry.STORED));
        }));
    }

    @Test
    void indices() {
        TestFiles.write(folder.resolve("one.safetensors"), TestFiles.bytes("expected.safetensors"));
        byte[] index = text("{\"metadata\":{\"total_size\":24},\"weight_map\":{\"a\":\"one.safetensors\"}}");
        Fuzz.run(
                "indices",
                2000,
                List.of(index),
                Frugal.file(folder.resolve("model.safetensors.index.json"), WeightsFuzzTest::read));
    }

    @Test
    void configurations() {
        byte[] config = text("{\"width\": 64, \"widths\": [1, 2], \"inner\": {\"eps\": 1e-5, \"flag\": true}}");
        Fuzz.run("configurations", 3000, List.of(config), Frugal.file(folder.resolve("config.json"), path -> {
            ConfigFile file = ConfigFile.read(path);
            file.size("width", 100);
            file.integer("width", 1);
            file.integers("widths");
            file.sizes("widths", 2, 100);
            file.expect("width", 64);
            ConfigFile inner = file.section("inner");
            inner.number("eps", 1);
            inner.positive("eps", 1, 1);
            inner.flag("flag", false);
            inner.string("name", "");
        }));
    }
}
