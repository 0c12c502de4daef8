package io.iedp.io.pickle;

import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickleFuzzTest {
    @TempDir
    Path folder;

    /** Python's pickle.dumps of {@code [{'ref_id': 7, 'sent': 'a b', 'x': (1, 2.5, None, True)}] * 2}, protocols 0, 2 and 4. */
    private static final List<byte[]> SEEDS = List.of(
            bytes("(lp0\n(dp1\nVref_id\np2\nI7\nsVsent\np3\nVa b\np4\nsVx\np5\n(I1\nF2.5\nNI01\ntp6\nsag1\na."),
            bytes(
                    "\u0080\2]q\0(}q\1(X\6\0\0\0ref_idq\2K\7X\4\0\0\0sentq\3X\3\0\0\0a bq\4X\1\0\0\0xq\5(K\1G@\4\0\0\0\0\0\0N\u0088tq\6uh\1e."),
            bytes(
                    "\u0080\4\u0095\66\0\0\0\0\0\0\0]\u0094(}\u0094(\u008c\6ref_id\u0094K\7\u008c\4sent\u0094\u008c\3a b\u0094\u008c\1x\u0094(K\1G@\4\0\0\0\0\0\0N\u0088t\u0094uh\1e."),
            bytes("\u0080\2\u008b\t\0\0\0\1\2\3\4\5\6\7\b\t\u008a\2\1\2\u0087q\0."));

    private static byte[] bytes(String letters) {
        return letters.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void pickles() {
        Fuzz.run("pickles", 5000, SEEDS, Frugal.file(folder.resolve("a.p"), PlainPickle::read));
    }
}
