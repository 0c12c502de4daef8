package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTokenizerTest {
    private static final Path SMALL = Path.of("src/main/resources/io/iedp/conditioning/small-vocabulary");
    private static final String TEXT = "a photo of a Wall,  a floor; xyzzy 42 \u00e9";

    @TempDir
    private Path folder;

    @Test
    void cutTextsStillEnd() {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        long[] cut = tokenizer.encode("a photo of a wall, a floor and a ceiling", 6);
        assertThat(cut).hasSize(6);
        assertThat(cut[5]).isEqualTo(tokenizer.size() - 1);
        assertThat(cut[0]).isEqualTo(tokenizer.size() - 2);
    }

    @Test
    void shortTextsAreFilledUp() {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        List<Integer> tokens = tokenizer.encode("a wall");
        long[] filled = tokenizer.encode("a wall", 77);
        assertThat(filled).hasSize(77);
        for (int i = 0; i < 77; i++) {
            assertThat(filled[i]).isEqualTo(i < tokens.size() ? tokens.get(i) : tokenizer.padding());
        }
    }

    /** Newer files of the tokenizers library have merges as pairs, older ones as texts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneFileHoldsWordsAndMerges(boolean pairs) throws IOException {
        JsonArray merges = new JsonArray();
        Files.readAllLines(SMALL.resolve("merges.txt")).stream().skip(1).forEach(line -> {
            JsonArray pair = new JsonArray();
            for (String part : line.split(" ")) {
                pair.add(part);
            }
            if (pairs) {
                merges.add(pair);
            } else {
                merges.add(line);
            }
        });
        JsonObject vocabulary = JsonParser.parseString(Files.readString(SMALL.resolve("vocab.json")))
                .getAsJsonObject();
        JsonObject end = new JsonObject();
        end.addProperty("content", "<|endoftext|>");
        end.add("id", vocabulary.remove("<|endoftext|>"));
        JsonArray added = new JsonArray();
        added.add(end);
        JsonObject model = new JsonObject();
        model.addProperty("type", "BPE");
        model.addProperty("end_of_word_suffix", "</w>");
        model.add("vocab", vocabulary);
        model.add("merges", merges);
        JsonObject whole = new JsonObject();
        whole.add("added_tokens", added);
        whole.add("model", model);
        Files.writeString(folder.resolve("tokenizer.json"), new Gson().toJson(whole));

        ClipTokenizer tokenizer = ClipTokenizer.load(folder);

        assertThat(tokenizer.encode(TEXT)).isEqualTo(ClipTokenizer.small().encode(TEXT));
        assertThat(tokenizer.size()).isEqualTo(ClipTokenizer.small().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "special_tokens_map.json | {\"pad_token\": \"!\"}",
                "special_tokens_map.json | {\"pad_token\": {\"content\": \"!\", \"lstrip\": false}}",
                "tokenizer_config.json   | {\"pad_token\": \"!\"}"
            })
    void paddingIsAsTheFolderSays(String file, String content) throws IOException {
        for (String name : List.of("vocab.json", "merges.txt")) {
            Files.copy(SMALL.resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve(file), content);
        // The first of CLIP's vocabulary.
        assertThat(ClipTokenizer.load(folder).encode("a", 9)).endsWith(0, 0, 0, 0, 0, 0);
    }

    @Test
    void missingFilesAreNamed() {
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(folder.resolve("vocab.json").toString())
                .hasMessageContaining("or tokenizer.json");
    }

    @Test
    void damagedFilesAreNamedWithTheLine() throws IOException {
        Files.copy(SMALL.resolve("vocab.json"), folder.resolve("vocab.json"));
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b\nabc\n");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("line 3 of merges.txt is 'abc'");
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": ");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void otherKindsOfTokenizerAreRefused() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"model\": {\"type\": \"Unigram\", \"vocab\": {}, \"merges\": []}}");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("type is \"Unigram\"");
    }

    /** What is left of each is more than an encoder takes; nothing in them is worth minutes. */
    @ParameterizedTest
    @MethodSource("absurdTexts")
    void absurdTextsAreCut(String text) {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        long[] tokens = tokenizer.encode(text, 77);
        assertThat(tokens[0]).isEqualTo(tokenizer.size() - 2);
        assertThat(tokens[76]).isEqualTo(tokenizer.size() - 1);
    }

    static List<String> absurdTexts() {
        String letters = new Random(1)
                .ints(400_000, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return List.of(
                "a" + "\u0301\u0323".repeat(200_000),
                letters,
                "a".repeat(400_000),
                "&amp;".repeat(100_000),
                "a ".repeat(400_000));
    }

    /** Of these, nothing is left. */
    @Test
    void escapesEntitiesAndSpacesOfAnyLengthAreCleaned() {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        List<Integer> wall = tokenizer.encode("a wall");
        assertThat(tokenizer.encode("\u001b[" + "1;".repeat(100_000) + "ma wall"))
                .isEqualTo(wall);
        assertThat(tokenizer.encode("a" + " ".repeat(400_000) + "wall")).isEqualTo(wall);
        assertThat(tokenizer.encode("a&" + "amp;".repeat(100_000) + "nbsp;wall"))
                .isEqualTo(wall);
        assertThat(tokenizer.encode("\u001b[" + "1;".repeat(1000))).hasSizeGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10000000", "4294967297", "1e400", "null", "\"7\"", "{}"})
    void aNumberThatNoTokenCanHaveIsNamed(String number) throws IOException {
        Files.copy(SMALL.resolve("merges.txt"), folder.resolve("merges.txt"));
        String words = Files.readString(SMALL.resolve("vocab.json"));
        int last = words.lastIndexOf(':');
        Files.writeString(folder.resolve("vocab.json"), words.substring(0, last) + ": " + number + "}");
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"\"", "7", "{}"})
    void aVocabularyThatIsNoneIsNamed(String words) throws IOException {
        Files.copy(SMALL.resolve("merges.txt"), folder.resolve("merges.txt"));
        Files.writeString(folder.resolve("vocab.json"), words);
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(folder.toString());
    }
}
