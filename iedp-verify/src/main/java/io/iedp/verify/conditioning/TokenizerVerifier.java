package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import io.iedp.api.UserException;
import io.iedp.conditioning.ClipTokenizer;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Cases of transformers' CLIPTokenizer with ftfy: {@code cases.json} lists texts and their tokens, cut and padded
 * to CLIP's length. The vocabulary is in the case's folder, or anywhere below {@code shared} beside it.
 */
public final class TokenizerVerifier implements Verifier {
    private static final int LENGTH = 77;
    private static final int SHOWN = 24;

    /** One text; all but the padding of what must come out. */
    private record Text(
            String text, @SerializedName("hf_slow_ftfy_ids") long[] ids) {}

    @Override
    public String kind() {
        return "tokenizer";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        ClipTokenizer tokenizer = ClipTokenizer.load(vocabulary(recorded));
        return each(recorded, text -> tokenizer.encode(text.text(), LENGTH));
    }

    @Override
    public Map<String, NDArray> expected(RecordedCase recorded) {
        ClipTokenizer tokenizer = ClipTokenizer.load(vocabulary(recorded));
        return each(
                recorded,
                text -> LongStream.concat(Arrays.stream(text.ids()), LongStream.generate(tokenizer::padding))
                        .limit(LENGTH)
                        .toArray());
    }

    private static Map<String, NDArray> each(RecordedCase recorded, Function<Text, long[]> tokens) {
        List<Text> texts = read(recorded.folder().resolve("cases.json"));
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).text();
            String name = "text %s '%s'".formatted(i, text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
            arrays.put(name, recorded.manager().create(tokens.apply(texts.get(i))));
        }
        return arrays;
    }

    private static List<Text> read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            List<Text> texts = new Gson().fromJson(reader, new TypeToken<List<Text>>() {}.getType());
            if (texts == null || texts.stream().anyMatch(each -> each.text() == null || each.ids() == null)) {
                throw new UserException("%s: each case must have text and hf_slow_ftfy_ids".formatted(file));
            }
            return texts;
        } catch (IOException | JsonParseException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static Path vocabulary(RecordedCase recorded) {
        Path folder = recorded.folder().toAbsolutePath();
        for (Path root : List.of(folder, folder.resolveSibling("shared"))) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.find(root, 3, (path, facts) -> isVocabulary(path))) {
                    List<Path> found = files.sorted().toList();
                    if (!found.isEmpty()) {
                        return found.get(0).getParent();
                    }
                } catch (IOException e) {
                    throw new UserException("%s cannot be read: %s".formatted(root, e.getMessage()), e);
                }
            }
        }
        throw new UserException(
                "There is no vocab.json or tokenizer.json in %s, nor in the folder shared beside it".formatted(folder));
    }

    private static boolean isVocabulary(Path path) {
        return path.endsWith("vocab.json") || path.endsWith("tokenizer.json");
    }
}
