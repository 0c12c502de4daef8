package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.nn.testing.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTokenizerTest {
    @Test
    void idsAreThoseOfTransformers() throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.load(Goldens.folder("shared").resolve("clip_tokenizer_hf"));
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (JsonElement each : JsonParser.parseString(
                        Files.readString(Goldens.folder("d_tokenizer").resolve("cases.json")))
                .getAsJsonArray()) {
            JsonObject item = each.getAsJsonObject();
            String text = item.get("text").getAsString();
            List<Integer> expected = item.getAsJsonArray("hf_slow_ftfy_ids").asList().stream()
                    .map(JsonElement::getAsInt)
                    .toList();
            long[] padded = tokenizer.encode(text, 77);
            List<Integer> actual = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                actual.add((int) padded[i]);
            }
            compared++;
            if (!actual.equals(expected)) {
                wrong.add("%s%n  expected %s%n  actual   %s".formatted(text, expected, actual));
            }
        }
        assertThat(compared).isGreaterThan(100);
        assertThat(wrong).as("wrong of %d".formatted(compared)).isEmpty();
    }

    @Test
    void cutTextsStillEnd() {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        long[] cut = tokenizer.encode("a photo of a wall, a floor and a ceiling", 6);
        assertThat(cut).hasSize(6);
        assertThat(cut[5]).isEqualTo(tokenizer.size() - 1);
        assertThat(cut[0]).isEqualTo(tokenizer.size() - 2);
    }

    @Test
    void missingFilesAreNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(folder.resolve("vocab.json").toString());
    }
}
