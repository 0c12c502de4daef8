package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.Gson;
import io.iedp.api.UserException;
import io.iedp.io.file.Folders;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A case's text encoder, which has token numbers but no vocabulary, as a folder of the transformers library: each number
 * gets a word of two letters.
 *
 * @param names the case's texts in these words
 */
record RecordedTextEncoder(Path folder, List<String> names) implements AutoCloseable {
    private static final String PREFIX = "cond_stage_model.transformer.";
    private static final String TEMPLATES = "templates.txt";
    private static final int LETTERS = 26;

    /**
     * @param ids (texts, length)
     */
    static RecordedTextEncoder of(VpdCase own, NDArray ids) {
        ConfigFile sizes = own.checkpoint().config("text_encoder");
        int start = sizes.integer("bos_token_id");
        int end = sizes.integer("eos_token_id");
        Map<String, Integer> vocabulary = new LinkedHashMap<>(Map.of("<|startoftext|>", start, "<|endoftext|>", end));
        List<String> merges = new ArrayList<>(List.of("#version: 0.2"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ids.getShape().get(0); i++) {
            names.add(Arrays.stream(ids.get(i).toType(DataType.INT64, true).toLongArray())
                    .filter(id -> id != start && id != end)
                    .mapToObj(id -> {
                        String word = word(id);
                        if (vocabulary.put(word + "</w>", Math.toIntExact(id)) == null) {
                            merges.add("%s %s</w>".formatted(word.substring(0, 1), word.substring(1)));
                        }
                        return word;
                    })
                    .collect(Collectors.joining(" ")));
        }
        RecordedTextEncoder encoder = new RecordedTextEncoder(temporary(), names);
        try {
            encoder.write("config.json", sizes.json().toString());
            encoder.write("vocab.json", new Gson().toJson(vocabulary));
            encoder.write("merges.txt", String.join("\n", merges));
            encoder.write(TEMPLATES, "{}");
            copy(own.checkpoint().files().get(0), encoder.folder.resolve("model.safetensors"));
            return encoder;
        } catch (IOException e) {
            encoder.close();
            throw new UserException("The case's text encoder cannot be written: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("iedp-text-encoder");
        } catch (IOException e) {
            throw new UserException("There can be no temporary folder: " + e.getMessage(), e);
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String word(long id) {
        if (id >= LETTERS * LETTERS) {
            throw new UserException("The text encoder has more tokens than words of two letters");
        }
        return Character.toString('a' + (int) (id / LETTERS)) + (char) ('a' + id % LETTERS);
    }

    private static void copy(Path all, Path part) throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (SafeTensors source = SafeTensors.open(all);
                NDManager manager = TorchRuntime.get().engine().newBaseManager()) {
            source.names().stream()
                    .filter(name -> name.startsWith(PREFIX))
                    .forEach(name -> arrays.put(name.substring(PREFIX.length()), source.readAsStored(name, manager)));
            SafeTensorsWriter.write(part, arrays, Map.of());
        }
    }

    /** The guidance that trains this encoder, as a setting. */
    String guidance() {
        return "{type: class-embeddings, names: [%s], train-encoder: true, templates: %s, weights: %s, length: 77}"
                .formatted(String.join(", ", names), VpdCase.quoted(folder.resolve(TEMPLATES)), VpdCase.quoted(folder));
    }

    @Override
    public void close() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UserException("%s cannot be deleted: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
