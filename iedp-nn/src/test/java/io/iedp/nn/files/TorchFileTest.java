package io.iedp.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.TorchRuntime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {
    private static final long[] MATRIX = {2, 3};
    private static final long[] ROWS = {3, 1};

    @TempDir
    private Path folder;

    /** Every storage type, views, slices, strides, scalars, empty, expanded and channels-last arrays. */
    @ParameterizedTest
    @CsvSource({"tiny.ckpt, 17", "tiny_legacy.ckpt, 17", "bare_state_dict.pt, 3"})
    void readsWhatPyTorchWrote(String name, int arrays) {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                StoredSource expected = WeightFiles.open(TestFiles.copy("expected.safetensors", folder));
                StoredSource actual = WeightFiles.open(TestFiles.copy(name, folder))) {
            assertThat(actual).isInstanceOf(TorchFile.class);
            assertThat(actual.names()).hasSize(arrays);
            for (String each : actual.names()) {
                NDArray values = actual.readAsStored(each, manager);
                assertThat(values).as(each).isEqualTo(expected.readAsStored(each, manager));
                assertThat(actual.shape(each)).as(each).contains(values.getShape());
                assertThat(actual.read(each, manager)).as(each).isEqualTo(expected.read(each, manager));
            }
        }
    }

    @Test
    void keepsBfloat16() {
        try (StoredSource source = WeightFiles.open(TestFiles.copy("tiny.ckpt", folder));
                StoredArray array = source.stored("model.diffusion_model.bf16")) {
            assertThat(array.type()).isEqualTo(ElementType.BF16);
            assertThat(array.shape()).isEqualTo(new Shape(5));
            assertThat(array.bytes().remaining()).isEqualTo(10);
        }
    }

    @Test
    void neverRunsWhatAFileNames() {
        Path trace = folder.resolve("trace");
        Pickles pickle = new Pickles()
                .op('}')
                .text("state_dict")
                .op('}')
                .text("w")
                .tensor("FloatStorage", "0", 6, 0, MATRIX, ROWS)
                .op('s')
                .op('s')
                .text("callbacks")
                .system("touch " + trace)
                .op('s')
                .op('.');
        try (StoredSource source = WeightFiles.open(pickle.zip(folder.resolve("a.ckpt"), 6))) {
            assertThat(source.names()).containsExactly("w");
        }
        assertThat(trace).doesNotExist();
    }

    @Test
    void refusesOtherObjectsAmongArraysByName() {
        Pickles pickle = new Pickles()
                .op('}')
                .text("v")
                .tensor("FloatStorage", "0", 6, 0, MATRIX, ROWS)
                .op('s')
                .text("w")
                .system("true")
                .op('s')
                .op('.');
        refuses(pickle, "'w' is made by posix.system, which is no array and is not run");
    }

    @Test
    void refusesWholeModels() {
        Pickles pickle = new Pickles()
                .global("models", "Net")
                .op(')')
                .raw(0x81)
                .op('}')
                .op('b')
                .op('.');
        refuses(pickle, "it holds an object of the class models.Net, which is not made; save its state_dict() instead");
    }

    /** As OpenAI published CLIP: modules inside modules. */
    @Test
    void readsTheArraysOfScripts() {
        Pickles pickle = new Pickles()
                .global("__torch__.multimodal", "Multimodal")
                .op(')')
                .raw(0x81)
                .op('}')
                .text("visual")
                .global("__torch__.vision", "Tower")
                .op(')')
                .raw(0x81)
                .op('}')
                .text("proj")
                .tensor("FloatStorage", "0", 6, 0, MATRIX, ROWS)
                .op('s')
                .op('b')
                .op('s')
                .op('b')
                .op('.');
        try (StoredSource source = WeightFiles.open(pickle.zip(folder.resolve("clip.pt"), 6))) {
            assertThat(source.names()).containsExactly("visual.proj");
        }
    }

    @Test
    void readsStorageClassesOfGpus() {
        Pickles pickle = new Pickles()
                .op('}')
                .text("w")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op('(')
                .op('(')
                .text("storage")
                .global("torch.cuda", "FloatStorage")
                .text("0")
                .text("cuda:0")
                .integer(2)
                .op('t')
                .op('Q')
                .integer(0)
                .tuple(2)
                .tuple(1)
                .op('t')
                .op('R')
                .op('s')
                .op('.');
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                StoredSource source = WeightFiles.open(pickle.zip(folder.resolve("a.pt"), 2))) {
            assertThat(source.read("w", manager).toFloatArray()).containsExactly(0, 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7; 2,3; 3,1; 0; 'w' lies in a storage of 7 elements, but there are only 24 bytes for them",
                "6; 2,3; 3,1; 1; 'w' of shape [2, 3] lies outside of its storage of 6 elements",
                "6; 2,3; 4,1; 0; 'w' of shape [2, 3] lies outside of its storage of 6 elements",
                "6; 2,3; -3,1; 0; 'w' of shape [2, 3] lies outside of its storage of 6 elements",
                "6; 2,3; 3,1; -1; 'w' of shape [2, 3] lies outside of its storage of 6 elements",
                "-1; 2,3; 3,1; 0; 'w' lies in a storage of -1 elements, but there are only 24 bytes for them",
                "6; 2,3; 1; 0; 'w' has the impossible shape [2, 3] with strides [1]",
                "6; -2,3; 3,1; 0; 'w' has the impossible shape [-2, 3] with strides [3, 1]",
                "6; 9223372036854775807,3; 0,0; 0; 'w' has the impossible shape [9223372036854775807, 3] with strides",
                "6; 100000000,3; 0,0; 0; 'w' has the impossible shape [100000000, 3] with strides [0, 0]",
                "6; 2,3; 9223372036854775807,1; 9223372036854775807; 'w' of shape [2, 3] lies outside",
            })
    void refusesArraysOutsideOfTheirStorage(long elements, String shape, String strides, long offset, String message) {
        Pickles pickle = new Pickles()
                .op('}')
                .text("w")
                .tensor("FloatStorage", "0", elements, offset, numbers(shape), numbers(strides))
                .op('s')
                .op('.');
        refuses(pickle, message);
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    @Test
    void refusesStoragesThatAreNotThere() {
        Pickles pickle = new Pickles()
                .op('}')
                .text("w")
                .tensor("FloatStorage", "1", 6, 0, MATRIX, ROWS)
                .op('s')
                .op('.');
        refuses(pickle, "'w' lies in the storage 1, which it lacks");
    }

    @Test
    void refusesElementTypesByName() {
        Pickles pickle = new Pickles()
                .op('}')
                .text("w")
                .tensor("ComplexFloatStorage", "0", 3, 0, new long[] {3}, new long[] {1})
                .op('s')
                .text("v")
                .tensor("FloatStorage", "0", 6, 0, MATRIX, ROWS)
                .op('s')
                .op('.');
        refuses(pickle, "'w' is made by torch.ComplexFloatStorage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"big", "middle"})
    void refusesOtherByteOrders(String order) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", new Pickles().op('}').op('.').bytes());
        entries.put("a/byteorder", order.getBytes(StandardCharsets.UTF_8));
        Path file = Pickles.zip(folder.resolve("a.pt"), entries, ZipEntry.STORED);
        refuses(file, "its arrays are in the byte order '" + order + "'");
    }

    @Test
    void refusesBigEndianFilesOfOldVersions() {
        byte[] bytes = TestFiles.bytes("tiny_legacy.ckpt");
        int flag = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("little_endian") + "little_endian".length();
        // After the name come two bytes that memorize it, then the value.
        assertThat(bytes[flag + 2]).isEqualTo((byte) 0x88);
        bytes[flag + 2] = (byte) 0x89;
        refuses(TestFiles.write(folder.resolve("a.ckpt"), bytes), "its arrays are big-endian");
    }

    @Test
    void refusesCompressedEntries() {
        Map<String, byte[]> entries = Map.of("a/data.pkl", new byte[1 << 20]);
        Path file = Pickles.zip(folder.resolve("bomb.pt"), entries, ZipEntry.DEFLATED);
        refuses(file, "'a/data.pkl' in it is compressed or encrypted, which PyTorch never does");
    }

    @Test
    void refusesOtherArchives() {
        Path file = Pickles.zip(folder.resolve("a.zip"), Map.of("a/readme", new byte[9]), ZipEntry.STORED);
        refuses(file, "it is a zip archive with 0 entries named data.pkl; PyTorch's have one");
    }

    @Test
    void refusesDamagedPickles() {
        byte[] bytes = TestFiles.bytes("tiny.ckpt");
        bytes[100] ^= 1;
        refuses(TestFiles.write(folder.resolve("a.ckpt"), bytes), "its 'tiny/data.pkl' has another checksum");
    }

    @Test
    void refusesPicklesThatClaimMoreThanThereIs() {
        refuses(new Pickles().op('X').number(Integer.MAX_VALUE).op('.'), "its pickle cannot be read: it ends in the");
        refuses(new Pickles().op('B').number(-1).op('.'), "its pickle cannot be read: it ends in the middle");
        refuses(new Pickles().raw(0x8b).number(-1).op('.'), "its pickle cannot be read: it ends in the middle");
        refuses(new Pickles().op('}'), "its pickle cannot be read: it ends in the middle");
        refuses(new Pickles().op('.'), "its pickle cannot be read: it takes more from its stack than there is");
        refuses(new Pickles().op('t').op('.'), "its pickle cannot be read: it has an end without a beginning");
        refuses(new Pickles().op('h').raw(7).op('.'), "its pickle cannot be read: it refers to something");
        refuses(new Pickles().raw(0x82, 1).op('.'), "its pickle cannot be read: at byte 2 it has the operation 0x82");
    }

    /** A list in a list in a list ..., and a list that holds itself. */
    @Test
    void nestingCostsNothing() {
        Pickles pickle = new Pickles().op('}').text("deep");
        for (int i = 0; i < 500_000; i++) {
            pickle.op(']');
        }
        for (int i = 1; i < 500_000; i++) {
            pickle.op('a');
        }
        pickle.op('s')
                .text("self")
                .op(']')
                .op('q')
                .raw(0)
                .op('h')
                .raw(0)
                .op('a')
                .op('s')
                .text("w")
                .tensor("FloatStorage", "0", 6, 0, MATRIX, ROWS)
                .op('s')
                .op('.');
        try (StoredSource source = WeightFiles.open(pickle.zip(folder.resolve("deep.pt"), 6))) {
            assertThat(source.names()).containsExactly("w");
        }
    }

    /** Each tuple holds the one before twice: 2 to the power of 100 leaves, if one went through them. */
    @Test
    void sharingCostsNothing() {
        Pickles pickle = new Pickles().op('}').op('(').op('t').op('q').raw(0);
        for (int i = 0; i < 100; i++) {
            pickle.op('h').raw(0).op('h').raw(0).raw(0x86).op('q').raw(0).op('0');
        }
        pickle.op('0')
                .op('h')
                .raw(0)
                .raw(0x88)
                .op('s')
                .text("w")
                .tensor("FloatStorage", "0", 6, 0, MATRIX, ROWS)
                .op('s')
                .op('.');
        try (StoredSource source = WeightFiles.open(pickle.zip(folder.resolve("shared.pt"), 6))) {
            assertThat(source.names()).containsExactly("w");
        }
    }

    @Test
    void refusesPicklesWithoutEnd() {
        Pickles pickle = new Pickles().op(']');
        for (int i = 0; i < 1_000_001; i++) {
            pickle.op('2').op('0');
        }
        refuses(pickle.op('.'), "its pickle cannot be read: it has more than 2000000 steps");
    }

    @Test
    void saysWhatAFileHoldsInsteadOfArrays() {
        Pickles pickle = new Pickles().op('}').text("epoch").integer(3).op('s').op('.');
        refuses(pickle, "it has 0 dictionaries of arrays and none named state_dict; its keys are [epoch]");
        refuses(new Pickles().op(']').op('.'), "it holds no dictionary of arrays");
    }

    @Test
    void refusesOtherFiles() {
        byte[] page = ByteBuffer.allocate(64)
                .put("<html>".getBytes(StandardCharsets.UTF_8))
                .array();
        refuses(
                TestFiles.write(folder.resolve("page.ckpt"), page),
                "it is neither a safetensors file nor one of PyTorch's (.ckpt, .pt, .bin)");
        byte[] pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3438354725\n"
                .getBytes(StandardCharsets.UTF_8);
        refuses(
                TestFiles.write(folder.resolve("lfs.safetensors"), pointer),
                "it is not the weights, but a pointer of Git LFS to them; in its repository, 'git lfs pull' gets them");
        assertThatThrownBy(() -> WeightFiles.open(folder.resolve("none.ckpt")))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no weights file " + folder.resolve("none.ckpt"));
    }

    private void refuses(Pickles pickle, String message) {
        refuses(pickle.zip(folder.resolve("refused.ckpt"), 6), message);
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> WeightFiles.open(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " cannot be used: " + message);
    }

    /** As {@code torch.save} writes a tensor by itself. */
    @Test
    void anArrayThatIsAllOfTheFileIsRead(@TempDir Path own) {
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu());
                TorchFile file = TorchFile.open(Pickles.array(own.resolve("array.pth"), 2, 3))) {
            assertThat(file.names()).containsExactly(TorchFile.SINGLE);
            NDArray array = file.read(TorchFile.SINGLE, manager);
            assertThat(array.getShape()).isEqualTo(new Shape(2, 3));
            assertThat(array.toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }
}
