package io.iedp.conditioning;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text as CLIP's tokenizer wants it. CLIP runs its texts through the ftfy library first; this does the same
 * to text that is well encoded, or that was UTF-8 and read as Windows-1252 as a whole.
 */
final class PromptText {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[\\d;]*+[a-zA-Z]");
    private static final Pattern CONTROLS =
            Pattern.compile("[\u0000-\u0008\u000b\u000e-\u001f\u007f\u206a-\u206f\ufeff\ufff9-\ufffc]");
    private static final Pattern BREAKS = Pattern.compile("\r\n|[\r\u2028\u2029\u0085]");
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Letters, a hundred times what fills the longest text encoder; to normalize them takes time that grows with their square. */
    private static final int LONGEST = 20_000;

    private PromptText() {}

    static String clean(String text) {
        String fixed = HtmlEntities.unescape(text);
        fixed = misread(fixed);
        fixed = ESCAPES.matcher(fixed).replaceAll("");
        fixed = ligatures(fixed);
        fixed = widths(fixed);
        fixed = quotes(fixed);
        fixed = BREAKS.matcher(fixed).replaceAll("\n");
        fixed = CONTROLS.matcher(fixed).replaceAll("");
        fixed = beginning(fixed);
        fixed = Normalizer.normalize(fixed, Normalizer.Form.NFC);
        return SPACES.matcher(fixed).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** What is seen of a text, which is all but for absurdly long ones. */
    private static String beginning(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        String words = SPACES.matcher(text).replaceAll(" ").strip();
        return words.substring(0, Math.min(words.length(), LONGEST));
    }

    /** Undoes a reading of UTF-8 as Windows-1252; other text does not survive the strict way back. */
    private static String misread(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        try {
            ByteBuffer bytes = WINDOWS.newEncoder().encode(CharBuffer.wrap(text));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static String quotes(String text) {
        return text.replaceAll("[\u02bc\u2018-\u201b]", "'").replaceAll("[\u201c-\u201f]", "\"");
    }

    private static String ligatures(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            result.append(
                    c >= '\ufb00' && c <= '\ufb06'
                                    || c == '\u0132'
                                    || c == '\u0133'
                                    || c == '\u0149'
                                    || c >= '\u01f1' && c <= '\u01f3'
                                    || c >= '\u01c4' && c <= '\u01cc'
                            ? Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC)
                            : c);
        }
        return result.toString();
    }

    private static String widths(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            result.append(
                    c == '\u3000' || c >= '\uff01' && c <= '\uffef'
                            ? Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC)
                            : c);
        }
        return result.toString();
    }
}
