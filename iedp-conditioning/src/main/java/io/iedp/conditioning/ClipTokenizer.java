package io.iedp.conditioning;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.nn.ConfigFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * CLIP's tokenizer: byte-level byte-pair encoding of lower-cased words (Sennrich et al., 2016), in the file
 * formats of the transformers library. It gives what that library's slow tokenizer gives; the fast one, which DJL
 * ships, gives other numbers for 23 of 200 recorded texts, those that ftfy changes, and takes a tokenizer.json only.
 */
public final class ClipTokenizer {
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String WORD_END = "</w>";
    private static final int CACHE = 100_000;

    /** Letters of the words that are worth to be kept. */
    private static final int LONGEST_KEPT = 100;

    /** Far more than any vocabulary has; an encoder has an embedding for each number up to the highest. */
    private static final int MOST_TOKENS = 10_000_000;

    private static final Pattern WORDS = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, Integer> vocabulary;
    private final Merges merges;
    private final int padding;
    private final Map<String, List<Integer>> cache = new ConcurrentHashMap<>();

    private ClipTokenizer(Map<String, Integer> vocabulary, Merges merges, String padding, String origin) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        vocabulary.forEach((token, id) -> {
            if (id < 0 || id >= MOST_TOKENS) {
                throw new UserException("%s: the token '%s' has the number %s, but tokens are numbered from 0 to %s"
                        .formatted(origin, token, id, MOST_TOKENS - 1));
            }
        });
        for (String special : List.of(START, END, padding)) {
            if (!vocabulary.containsKey(special)) {
                throw new UserException("%s has no token %s; it is not CLIP's vocabulary".formatted(origin, special));
            }
        }
        this.padding = vocabulary.get(padding);
    }

    /**
     * Reads {@code vocab.json} and {@code merges.txt}, or {@code tokenizer.json}, and the padding token from {@code
     * special_tokens_map.json} or {@code tokenizer_config.json} if it is there.
     *
     * @throws UserException if a file is missing or damaged
     */
    public static ClipTokenizer load(Path folder) {
        Path vocabulary = folder.resolve("vocab.json");
        Path merges = folder.resolve("merges.txt");
        Path whole = folder.resolve("tokenizer.json");
        boolean parts = Files.isRegularFile(vocabulary) && Files.isRegularFile(merges);
        if (!parts && !Files.isRegularFile(whole)) {
            throw new UserException(
                    "There is no %s. A tokenizer's folder holds vocab.json and merges.txt, or tokenizer.json."
                            .formatted(Files.isRegularFile(vocabulary) ? merges : vocabulary));
        }
        try {
            if (!parts) {
                return whole(ConfigFile.read(whole), paddingOf(folder));
            }
            try (BufferedReader rules = Files.newBufferedReader(merges)) {
                Map<String, Integer> words = words(ConfigFile.read(vocabulary));
                return new ClipTokenizer(words, read(rules, folder.toString()), paddingOf(folder), folder.toString());
            }
        } catch (IOException e) {
            throw new UserException("The tokenizer in %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** A tokenizer.json, which has the words and the merges in one, these as texts or as pairs. */
    private static ClipTokenizer whole(ConfigFile file, String padding) {
        ConfigFile model = file.section("model");
        model.expect("type", "BPE");
        model.expect("end_of_word_suffix", WORD_END);
        Map<String, Integer> vocabulary = words(model.section("vocab"));
        if (file.has("added_tokens")) {
            for (ConfigFile token : file.sections("added_tokens")) {
                vocabulary.put(token.string("content"), token.integer("id"));
            }
        }
        if (!model.has("merges") || !model.json().get("merges").isJsonArray()) {
            throw model.wrong("merges must be a list");
        }
        Merges merges = new Merges();
        for (JsonElement merge : model.json().getAsJsonArray("merges")) {
            add(merges, rule(merge), "%s: merge %s".formatted(file.description(), merges.size() + 1));
        }
        return new ClipTokenizer(vocabulary, merges, padding, file.description());
    }

    private static String rule(JsonElement merge) {
        boolean pair =
                merge instanceof JsonArray parts && parts.asList().stream().allMatch(JsonElement::isJsonPrimitive);
        return pair
                ? merge.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining(" "))
                : merge.isJsonPrimitive() ? merge.getAsString() : merge.toString();
    }

    /** The tokenizer with IEDP's own small vocabulary, for models that are trained from nothing. */
    public static ClipTokenizer small() {
        try (BufferedReader words = resource("vocab.json");
                BufferedReader rules = resource("merges.txt")) {
            ConfigFile vocabulary =
                    new ConfigFile(JsonParser.parseReader(words).getAsJsonObject(), "the small vocabulary");
            return new ClipTokenizer(
                    words(vocabulary), read(rules, vocabulary.description()), END, vocabulary.description());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader resource(String name) {
        InputStream stream = ClipTokenizer.class.getResourceAsStream("small-vocabulary/" + name);
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private static Merges read(BufferedReader rules, String origin) throws IOException {
        Merges merges = new Merges();
        String line;
        for (int number = 1; (line = rules.readLine()) != null; number++) {
            if (!line.isEmpty() && !(number == 1 && line.startsWith("#version"))) {
                add(merges, line, "%s: line %s of merges.txt".formatted(origin, number));
            }
        }
        return merges;
    }

    private static Map<String, Integer> words(ConfigFile file) {
        Map<String, Integer> words = new HashMap<>();
        file.json().keySet().forEach(word -> words.put(word, file.integer(word)));
        return words;
    }

    private static void add(Merges merges, String rule, String where) {
        String[] parts = rule.split(" ");
        if (parts.length != 2) {
            throw new UserException("%s is '%s', but must be two parts with a space between".formatted(where, rule));
        }
        merges.add(parts[0], parts[1]);
    }

    private static String paddingOf(Path folder) {
        for (String name : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                ConfigFile config = ConfigFile.read(file);
                if (config.has("pad_token")) {
                    return config.json().get("pad_token").isJsonObject()
                            ? config.section("pad_token").string("content")
                            : config.string("pad_token");
                }
            }
        }
        return END;
    }

    /** The files that {@link #load} reads, by name. */
    public Map<String, String> files() {
        JsonObject words = new JsonObject();
        vocabulary.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(each -> words.addProperty(each.getKey(), each.getValue()));
        String pad = vocabulary.entrySet().stream()
                .filter(each -> each.getValue() == padding)
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(token -> !token.equals(END)))
                .orElseThrow();
        JsonObject special = new JsonObject();
        special.addProperty("bos_token", START);
        special.addProperty("eos_token", END);
        special.addProperty("pad_token", pad);
        special.addProperty("unk_token", END);
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("vocab.json", gson.toJson(words));
        files.put("merges.txt", "#version: 0.2\n" + String.join("\n", merges.rules()) + "\n");
        files.put("special_tokens_map.json", gson.toJson(special));
        JsonObject kind = special.deepCopy();
        kind.addProperty("tokenizer_class", "CLIPTokenizer");
        files.put("tokenizer_config.json", gson.toJson(kind));
        return files;
    }

    /** Number of tokens, with those that have no name. */
    public int size() {
        return 1 + Collections.max(vocabulary.values());
    }

    /** The token that fills up short texts. */
    public int padding() {
        return padding;
    }

    /** The tokens of a text with the start and the end around them. */
    List<Integer> encode(String text) {
        List<Integer> ids = new ArrayList<>();
        ids.add(vocabulary.get(START));
        Matcher words = WORDS.matcher(PromptText.clean(text));
        while (words.find()) {
            ids.addAll(word(words.group()));
        }
        ids.add(vocabulary.get(END));
        return ids;
    }

    /** {@link #encode} cut and padded to that length; a cut text still has its end. */
    public long[] encode(String text, int length) {
        List<Integer> ids = encode(text);
        long[] padded = new long[length];
        Arrays.fill(padded, padding);
        for (int i = 0; i < Math.min(length, ids.size()); i++) {
            padded[i] = ids.get(i);
        }
        if (ids.size() > length) {
            padded[length - 1] = vocabulary.get(END);
        }
        return padded;
    }

    private List<Integer> word(String word) {
        List<Integer> known = cache.get(word);
        if (known != null) {
            return known;
        }
        List<Integer> ids = word.equals(START) || word.equals(END)
                ? List.of(vocabulary.get(word))
                : merge(word).stream()
                        .map(part -> vocabulary.getOrDefault(part, vocabulary.get(END)))
                        .toList();
        if (cache.size() < CACHE && word.length() <= LONGEST_KEPT) {
            cache.put(word, ids);
        }
        return ids;
    }

    private List<String> merge(String word) {
        List<String> parts = ByteLetters.split(word);
        parts.set(parts.size() - 1, parts.get(parts.size() - 1) + WORD_END);
        return merges.apply(parts);
    }
}
