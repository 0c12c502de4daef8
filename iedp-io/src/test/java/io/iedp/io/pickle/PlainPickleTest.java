package io.iedp.io.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.io.pickle.Pickled.Items;
import io.iedp.io.pickle.Pickled.Nothing;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPickleTest {
    @TempDir
    Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.p"), bytes);
    }

    /** Letters up to 255, each a byte. */
    private Path write(String letters) throws IOException {
        return write(letters.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As lists and maps, which compare their contents. */
    private static Object plain(Object value) {
        if (value instanceof Items items) {
            return items.values().stream().map(PlainPickleTest::plain).toList();
        }
        if (value instanceof Dict dict) {
            Map<String, Object> entries = new LinkedHashMap<>();
            dict.entries().forEach((key, each) -> entries.put(key, plain(each)));
            return entries;
        }
        return value;
    }

    private Object read(String letters) throws IOException {
        return plain(PlainPickle.read(write(letters)));
    }

    private void refuses(String letters, String message) throws IOException {
        Path file = write(letters);
        assertThatThrownBy(() -> PlainPickle.read(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " cannot be read as a pickle: " + message);
    }

    /** What Python 3.11 writes for a list of one dictionary, {@code pickle.dumps(value, protocol=n)}. */
    static Stream<Arguments> written() {
        return Stream.of(
                Arguments.of(
                        0,
                        "KGxwMAooZHAxClZzcGxpdApwMgpWdHJhaW4KcDMKc1ZpZHMKcDQKKGxwNQpJMAphSTI1NQphSTY1NTM1CmFJNzAwMDAKYUkt"
                                + "MQphTDEwOTk1MTE2Mjc3NzZMCmFMLTExODA1OTE2MjA3MTc0MTEzMDM0MjRMCmFzVmhhbGYKcDYKRjAuNQpzVm5vbmUKcDcK"
                                + "TnNWeWVzCnA4CkkwMQpzVm5vCnA5CkkwMApzVnR1cGxlcwpwMTAKKCh0KEkxCnRwMTEKKEkxCkkyCnRwMTIKKEkxCkkyCkkz"
                                + "CnRwMTMKKEkxCkkyCkkzCkk0CnRwMTQKdHAxNQpzVnRleHQKcDE2ClZu6SBcdTIwYWMgXFUwMDAxZjYwMCBcdTAwNWMgXHUw"
                                + "MDBhJyIKcDE3CnNWZW1wdHkKcDE4ClYKcDE5CnNWc2hhcmVkCnAyMAoobHAyMQoobHAyMgpJMQphYWcyMgphc2Eu"),
                Arguments.of(
                        1,
                        "XXEAfXEBKFgFAAAAc3BsaXRxAlgFAAAAdHJhaW5xA1gDAAAAaWRzcQRdcQUoSwBL/03//0pwEQEASv////9MMTA5OTUxMTYy"
                                + "Nzc3NkwKTC0xMTgwNTkxNjIwNzE3NDExMzAzNDI0TAplWAQAAABoYWxmcQZHP+AAAAAAAABYBAAAAG5vbmVxB05YAwAAAHll"
                                + "c3EISTAxClgCAAAAbm9xCUkwMApYBgAAAHR1cGxlc3EKKCkoSwF0cQsoSwFLAnRxDChLAUsCSwN0cQ0oSwFLAksDSwR0cQ50"
                                + "cQ9YBAAAAHRleHRxEFgSAAAAbsOpIOKCrCDwn5iAIFwgCicicRFYBQAAAGVtcHR5cRJYAAAAAHETWAYAAABzaGFyZWRxFF1x"
                                + "FShdcRZLAWFoFmV1YS4="),
                Arguments.of(
                        2,
                        "gAJdcQB9cQEoWAUAAABzcGxpdHECWAUAAAB0cmFpbnEDWAMAAABpZHNxBF1xBShLAEv/Tf//SnARAQBK/////4oGAAAAAAAB"
                                + "igkAAAAAAAAAAMBlWAQAAABoYWxmcQZHP+AAAAAAAABYBAAAAG5vbmVxB05YAwAAAHllc3EIiFgCAAAAbm9xCYlYBgAAAHR1"
                                + "cGxlc3EKKClLAYVxC0sBSwKGcQxLAUsCSwOHcQ0oSwFLAksDSwR0cQ50cQ9YBAAAAHRleHRxEFgSAAAAbsOpIOKCrCDwn5iA"
                                + "IFwgCicicRFYBQAAAGVtcHR5cRJYAAAAAHETWAYAAABzaGFyZWRxFF1xFShdcRZLAWFoFmV1YS4="),
                Arguments.of(
                        4,
                        "gASV0AAAAAAAAABdlH2UKIwFc3BsaXSUjAV0cmFpbpSMA2lkc5RdlChLAEv/Tf//SnARAQBK/////4oGAAAAAAABigkAAAAA"
                                + "AAAAAMBljARoYWxmlEc/4AAAAAAAAIwEbm9uZZROjAN5ZXOUiIwCbm+UiYwGdHVwbGVzlCgpSwGFlEsBSwKGlEsBSwJLA4eU"
                                + "KEsBSwJLA0sEdJR0lIwEdGV4dJSMEm7DqSDigqwg8J+YgCBcIAonIpSMBWVtcHR5lIwAlIwGc2hhcmVklF2UKF2USwFhaBZl"
                                + "dWEu"));
    }

    @ParameterizedTest(name = "protocol {0}")
    @MethodSource("written")
    void readsWhatPythonWrote(int protocol, String base64) throws IOException {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("split", "train");
        expected.put(
                "ids",
                List.of(
                        0L,
                        255L,
                        65535L,
                        70000L,
                        -1L,
                        1L << 40,
                        BigInteger.TWO.pow(70).negate()));
        expected.put("half", 0.5);
        expected.put("none", Nothing.NOTHING);
        expected.put("yes", true);
        expected.put("no", false);
        expected.put(
                "tuples",
                List.of(List.of(), List.of(1L), List.of(1L, 2L), List.of(1L, 2L, 3L), List.of(1L, 2L, 3L, 4L)));
        expected.put("text", "n\u00e9 \u20ac \ud83d\ude00 \\ \n'\"");
        expected.put("empty", "");
        expected.put("shared", List.of(List.of(1L), List.of(1L)));

        assertThat(plain(PlainPickle.read(write(Base64.getDecoder().decode(base64)))))
                .isEqualTo(List.of(expected));
    }

    /** Strings of Python 2 are bytes: UTF-8 where they can be, else Latin-1. */
    @Test
    void readsStringsOfPython2() throws IOException {
        assertThat(read("U\5train.")).isEqualTo("train");
        assertThat(read("T\5\0\0\0train.")).isEqualTo("train");
        assertThat(read("U\2\u00c3\u00a9.")).isEqualTo("\u00e9");
        assertThat(read("U\1\u00e9.")).isEqualTo("\u00e9");
        assertThat(read("S'it\\'s a \\\\ \\n \\t \\r \\xc3\\xa9'\np1\n.")).isEqualTo("it's a \\ \n \t \r \u00e9");
        assertThat(read("S\"it's\"\n.")).isEqualTo("it's");
        assertThat(read("Vn\u00e9 \\u20ac\n.")).isEqualTo("n\u00e9 \u20ac");
        assertThat(read("Finf\n.")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read("F-1e+300\n.")).isEqualTo(-1e300);
    }

    /** {@code os.system('touch trace')}, as Python writes it in three protocols, and in the two ways that are older. */
    @ParameterizedTest
    @CsvSource({
        "KGxwMApjcG9zaXgKc3lzdGVtCnAxCihWdG91Y2ggdHJhY2UKcDIKdHAzClJwNAphLg==, it wants to run posix.system",
        "gAJdcQBjcG9zaXgKc3lzdGVtCnEBWAsAAAB0b3VjaCB0cmFjZXEChXEDUnEEYS4=, it wants to run posix.system",
        "gASVKQAAAAAAAABdlIwFcG9zaXiUjAZzeXN0ZW2Uk5SMC3RvdWNoIHRyYWNllIWUUpRhLg==, it wants to run posix.system",
        "KFMndG91Y2ggdHJhY2UnCmlvcwpzeXN0ZW0KLg==, it wants to run os.system"
    })
    void refusesToRunAnything(String base64, String message) throws IOException {
        refuses(
                new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1),
                message + ", which is never done: only plain values are read");
    }

    @Test
    void refusesWhatIsNoPlainValue() throws IOException {
        refuses("]]R.", "it wants to run something: only plain values are read");
        refuses("]]\u0081.", "it wants to run something: only plain values are read");
        refuses("]}b.", "it wants to fill an object: only plain values are read");
        refuses("K\1Q.", "it refers to something outside of it: only plain values are read");
        refuses("P1\n.", "it refers to something outside of it: only plain values are read");
        refuses("\u0082\1.", "at byte 0 it has the operation 0x82, which is not supported");
        refuses("\u0080\6N.", "it is of protocol 6; 0 to 5 are supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"S'train\n.", "Strain\n.", "S'\n.", "S'train\"\n."})
    void refusesStringsWithoutQuotes(String letters) throws IOException {
        refuses(letters, "it has a string without quotes");
    }

    @Test
    void refusesDamagedText() throws IOException {
        refuses("S'train'\r\n.", "its lines end as those of Windows do, so it was copied as text");
        refuses("S'\\q'\n.", "it has a string with the unknown escape \\q");
        refuses("V\\Uffffffff\n.", "it has a string with the impossible letter ffffffff");
        refuses("Ione\n.", "it has something else where a number must be");
        refuses("L" + "1".repeat(2000) + "L\n.", "it has something else where a number must be");
        refuses("Fone\n.", "it has something else where a number must be");
        refuses("gone\n.", "it refers to something that it did not define");
        refuses("I1", "it ends in the middle, after 2 bytes");
        refuses("", "it ends in the middle, after 0 bytes");
        refuses("X\u00ff\u00ff\u00ff\u007f.", "it ends in the middle, after 6 bytes");
    }

    @Test
    void missingFilesAreNamed() {
        assertThatThrownBy(() -> PlainPickle.read(folder.resolve("none.p")))
                .isInstanceOf(UserException.class)
                .hasMessage("There is no file " + folder.resolve("none.p"));
    }

    /** Cut off anywhere it is refused; with any bytes changed it is read as something, or refused. */
    @ParameterizedTest(name = "protocol {0}")
    @MethodSource("written")
    void damageDoesNoHarm(int protocol, String base64) throws IOException {
        byte[] whole = Base64.getDecoder().decode(base64);
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PlainPickle.read(file)).isInstanceOf(UserException.class);
        }
        List<String> messages = new ArrayList<>();
        for (int seed = 0; seed < 1000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = whole.clone();
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                PlainPickle.read(write(bytes));
            } catch (UserException e) {
                messages.add(e.getMessage());
            }
        }
        assertThat(messages)
                .hasSizeBetween(300, 999)
                .allMatch(each -> each.contains("a.p cannot be read as a pickle: "));
    }

    /** Python writes them so from 256 bytes on; to print or to compare one takes time that grows with its square. */
    @Test
    void numbersOfAMillionBytesAreRefused() throws IOException {
        assertThat(read("\u0080\2\u008b\4\0\0\0\1\0\0\1.")).isEqualTo((1L << 24) + 1);
        assertThatThrownBy(() -> read("\u0080\2\u008b@B\u000f\0" + "x".repeat(1_000_000) + "."))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it has a whole number of 1000000 bytes");
    }

    /** A million of each in a heap of a few hundred megabytes. */
    @Test
    void emptyValuesTakeLittleMoreThanTheirBytes() throws IOException {
        for (String empty : List.of("}", "]", ")", "(", "}\u0094")) {
            assertThat(read("\u0080\4" + empty.repeat(1_000_000) + "N.")).isEqualTo(Nothing.NOTHING);
        }
    }
}
