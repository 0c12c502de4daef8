package io.iedp.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of text that leave most of its form as it is: they get further into a reader than changed bytes do. */
final class TextChanges {
    private static final Pattern TOKEN = Pattern.compile("\"[^\"\n]*+\"|[\\w.+-]++|\\s++|.", Pattern.DOTALL);

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967297",
            "9223372036854775807",
            "-9223372036854775809",
            "1e18",
            "1e400",
            "-0.0",
            "1e-400",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "[null]",
            "\"\"",
            "\"\\u0000\"",
            "\0",
            "/",
            "..",
            "\\",
            "\ud83d\ude00",
            "*",
            "{0..999999}{0..999999}",
            "${env:HOME}",
            "&a",
            "*a",
            "!!binary");

    private static final List<String> LETTERS =
            List.of("a", " ", "1", "[", "{", "/", "\"", "\\", ",", ";", "\u0301", "*");

    private TextChanges() {}

    static boolean isText(byte[] bytes) {
        for (byte each : bytes) {
            if (each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return bytes.length > 0;
    }

    /** With a word, number or string that is left out, repeated, or something else. */
    static byte[] changed(byte[] bytes, SplittableRandom random) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(new String(bytes, StandardCharsets.UTF_8));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        int at = random.nextInt(tokens.size());
        int end = Math.min(tokens.size(), at + 1 + random.nextInt(8));
        switch (random.nextInt(6)) {
            case 0 -> tokens.subList(at, end).clear();
            case 1 -> tokens.addAll(at, repeated(tokens.subList(at, end), random));
            case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
            case 3 -> tokens.set(at, LETTERS.get(random.nextInt(LETTERS.size())).repeat(1 << random.nextInt(12)));
            default -> tokens.set(at, VALUES.get(random.nextInt(VALUES.size())));
        }
        return String.join("", tokens).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> repeated(List<String> tokens, SplittableRandom random) {
        List<String> repeated = new ArrayList<>();
        for (int times = 1 << random.nextInt(8); times > 0; times--) {
            repeated.addAll(tokens);
        }
        return repeated;
    }
}
