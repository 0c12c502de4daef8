package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.nn.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CLIP's text encoder with its tokenizer: from texts to embeddings. */
public record TextEncoder(ClipTokenizer tokenizer, ClipText text) {
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** Width of the states. */
    public int width() {
        return text.width();
    }

    /**
     * The tokens of a text: as many as are wanted, or as many as the encoder takes.
     *
     * @throws UserException if it takes fewer
     */
    public int length(String user, Optional<Integer> wanted) {
        if (wanted.isPresent() && wanted.get() > text.length()) {
            throw new UserException("%s: length is %s, but the text encoder takes %s tokens at most"
                    .formatted(user, wanted.get(), text.length()));
        }
        return wanted.orElse(text.length());
    }

    /** Whether that many tokens hold the whole text. */
    public boolean fits(String words, int length) {
        return tokenizer.encode(words).size() <= length;
    }

    /**
     * What that many tokens leave out of a text: from the first word on that they do not hold as a whole; nothing if they hold
     * all.
     */
    public String beyond(String words, int length) {
        if (fits(words, length)) {
            return "";
        }
        Matcher matcher = WORD.matcher(words);
        int held = 0;
        while (matcher.find() && fits(words.substring(0, matcher.end()), length)) {
            held = matcher.end();
        }
        return words.substring(held).strip();
    }

    /** The states of all tokens after the final norm, (texts, length, width). */
    public NDArray encode(List<String> texts, int length, NDManager manager) {
        return Scopes.keep(() -> text.encode(ids(texts, length, manager)));
    }

    /**
     * The states at the ends of the texts, (texts, width). No token sees those after it, so they are the same for every
     * length that the texts fit into.
     *
     * @param length of the longest texts; what goes beyond is cut
     */
    public NDArray pool(List<String> texts, int length, NDManager manager) {
        int longest = texts.stream()
                .mapToInt(words -> tokenizer.encode(words).size())
                .max()
                .orElse(0);
        return Scopes.keep(() -> {
            NDArray ids = ids(texts, Math.min(longest, length), manager);
            return text.pool(text.encode(ids), ids);
        });
    }

    private NDArray ids(List<String> texts, int length, NDManager manager) {
        long[] ids = new long[texts.size() * length];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(tokenizer.encode(texts.get(i), length), 0, ids, i * length, length);
        }
        return manager.create(ids, new Shape(texts.size(), length));
    }
}
