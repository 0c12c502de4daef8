package io.iedp.conditioning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A printable letter for each byte, so that vocabularies are text files (Radford et al., 2019): bytes that
 * print stand for themselves, the others are counted up from 256.
 */
final class ByteLetters {
    private static final String[] LETTERS = letters();

    private ByteLetters() {}

    /** The bytes of a text's UTF-8 form, each as its letter. */
    static List<String> split(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> letters = new ArrayList<>(bytes.length);
        for (byte each : bytes) {
            letters.add(LETTERS[each & 0xff]);
        }
        return letters;
    }

    /** All letters in the order in which CLIP's vocabulary begins with them: those that print come first. */
    static List<String> inVocabularyOrder() {
        List<String> order = new ArrayList<>();
        for (int b = 0; b < 256; b++) {
            if (prints(b)) {
                order.add(LETTERS[b]);
            }
        }
        for (int b = 0; b < 256; b++) {
            if (!prints(b)) {
                order.add(LETTERS[b]);
            }
        }
        return order;
    }

    private static String[] letters() {
        String[] letters = new String[256];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            letters[b] = String.valueOf((char) (prints(b) ? b : next++));
        }
        return letters;
    }

    private static boolean prints(int b) {
        return b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
    }
}
