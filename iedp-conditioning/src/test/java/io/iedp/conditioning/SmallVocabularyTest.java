package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The small vocabulary is what the trainer learns from the list of words. To change it, edit the list and run
 * this test with {@code -Diedp.write-vocabulary=true}.
 */
class SmallVocabularyTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/iedp/conditioning/small-vocabulary");

    @Test
    void filesAreWhatTheTrainerLearns() throws IOException {
        List<String> words = List.of(read("small-vocabulary-words.txt")
                .toLowerCase(Locale.ROOT)
                .strip()
                .split("\\s+"));
        List<String> merges = new BpeTrainer(words).merges();
        String rules = "#version: 0.2\n" + String.join("\n", merges) + "\n";
        String vocabulary =
                new GsonBuilder().disableHtmlEscaping().create().toJson(BpeTrainer.vocabulary(merges)) + "\n";
        if (Boolean.getBoolean("iedp.write-vocabulary")) {
            Files.writeString(FOLDER.resolve("merges.txt"), rules);
            Files.writeString(FOLDER.resolve("vocab.json"), vocabulary);
        }
        assertThat(Files.readString(FOLDER.resolve("merges.txt"))).isEqualTo(rules);
        assertThat(Files.readString(FOLDER.resolve("vocab.json"))).isEqualTo(vocabulary);
    }

    private static String read(String resource) throws IOException {
        try (var stream = SmallVocabularyTest.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void wordsOfTheListAreOneToken() {
        // Words of the list are one token each, between start and end.
        assertThat(ClipTokenizer.small().encode("A photo of a ceiling, a wall")).hasSize(10);
    }
}
