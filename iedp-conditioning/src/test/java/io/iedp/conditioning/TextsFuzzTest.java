package io.iedp.conditioning;

import io.iedp.io.Frugal;
import io.iedp.io.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vocabularies, captions and sizes of encoders. */
class TextsFuzzTest {
    private static final int INPUTS = 1500;
    private static final String WORDS =
            "{\"!\": 0, \"a\": 1, \"b</w>\": 2, \"ab</w>\": 3, \"<|startoftext|>\": 4, \"<|endoftext|>\": 5}";
    private static final String RULES = "#version: 0.2\na b</w>\nab c</w>\n";

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Consumer<byte[]> tokenizer(String name) {
        return Frugal.file(
                folder.resolve(name), file -> ClipTokenizer.load(folder).encode("a photo of ab", 77));
    }

    @Test
    void vocabularies() throws IOException {
        write("merges.txt", RULES);
        Fuzz.run("vocabularies", INPUTS, List.of(bytes(WORDS)), tokenizer("vocab.json"));
    }

    @Test
    void merges() throws IOException {
        write("vocab.json", WORDS);
        Fuzz.run("merges", INPUTS, List.of(bytes(RULES)), tokenizer("merges.txt"));
    }

    @Test
    void tokenizers() {
        String whole =
                ("{\"added_tokens\": [{\"id\": 5, \"content\": \"<|endoftext|>\"}], \"model\": {\"type\": \"BPE\","
                                + " \"end_of_word_suffix\": \"</w>\", \"vocab\": WORDS, \"merges\": [\"a b</w>\", [\"ab\", \"c</w>\"]]}}")
                        .replace("WORDS", WORDS);
        Fuzz.run("tokenizers", INPUTS, List.of(bytes(whole)), tokenizer("tokenizer.json"));
    }

    @Test
    void paddingTokens() throws IOException {
        write("vocab.json", WORDS);
        write("merges.txt", RULES);
        Fuzz.run(
                "padding-tokens",
                INPUTS,
                List.of(bytes("{\"pad_token\": \"!\"}"), bytes("{\"pad_token\": {\"content\": \"!\"}}")),
                tokenizer("special_tokens_map.json"));
    }

    @Test
    void texts() {
        ClipTokenizer tokenizer = ClipTokenizer.small();
        List<byte[]> texts = List.of(
                bytes("a photo of a &quot;Wall&quot;,  it\u2019s &amp;lt;b&gt; 42 \u00c3\u00a9 \ufb01\uff21"),
                bytes("\u001b[1;31mred\u001b[0m <b>x</b>\r\n e\u0301\u0323 \u6f22\u5b57"));
        Fuzz.run(
                "texts",
                INPUTS,
                texts,
                Frugal.of(text -> tokenizer.encode(new String(text, StandardCharsets.UTF_8), 77)));
    }

    @Test
    void captions() {
        Fuzz.run(
                "captions",
                INPUTS,
                List.of(bytes("{\"in/a.jpg\": \"a wall\", \"b.PNG\": [\"a floor\"], \"d\": {\"captions\": [\"x\"]}}")),
                Frugal.file(
                        folder.resolve("captions.json"),
                        file -> CaptionFile.read(file).of("a")));
        Fuzz.run(
                "caption-tables",
                INPUTS,
                List.of(bytes("name,scene,caption\r\nin/a.jpg,kitchen,\"a table, \"\"red\"\"\"\r\n\r\nb,,\r\n")),
                Frugal.file(
                        folder.resolve("captions.csv"),
                        file -> CaptionFile.read(file).of("a")));
    }

    @Test
    void templates() {
        Fuzz.run(
                "templates",
                INPUTS,
                List.of(bytes("a photo of a {}.\nthe {} in a room\n")),
                Frugal.file(
                        folder.resolve("templates.txt"),
                        file -> Templates.of(Optional.of(file)).about("wall")));
    }

    @Test
    void sizes() {
        byte[] config = bytes("{\"hidden_size\": 64, \"num_hidden_layers\": 2, \"num_attention_heads\": 4,"
                + " \"intermediate_size\": 256, \"hidden_act\": \"quick_gelu\", \"layer_norm_eps\": 1e-5, \"vocab_size\": 99,"
                + " \"max_position_embeddings\": 77, \"image_size\": 32, \"patch_size\": 8}");
        byte[] openAi = bytes("{\"transformer_width\": 64, \"transformer_layers\": 2, \"transformer_heads\": 4,"
                + " \"embed_dim\": 8, \"vocab_size\": 99, \"context_length\": 77, \"vision_width\": 64, \"vision_layers\": 2,"
                + " \"image_resolution\": 32, \"vision_patch_size\": 8}");
        for (String encoder : List.of("text", "vision")) {
            Fuzz.run(
                    "sizes-of-" + encoder,
                    INPUTS,
                    List.of(config, openAi),
                    Frugal.file(folder.resolve("config.json"), file -> read(new TransformersFolder(folder, encoder))));
        }
    }

    private static void read(TransformersFolder published) {
        if (published.encoder().equals("text")) {
            TextModel.config(published, 1);
        } else {
            ClipImageFactory.config(published, 1).tokens();
        }
    }
}
