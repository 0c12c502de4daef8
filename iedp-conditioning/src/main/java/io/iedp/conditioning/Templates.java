package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.io.file.TextFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sentences with a gap for the name of a class.
 *
 * @param sentences with {@code {}} once in each
 */
record Templates(List<String> sentences) {
    private static final String GAP = "{}";

    Templates {
        sentences = List.copyOf(sentences);
    }

    /**
     * Those of a file, one a line.
     *
     * @throws UserException naming the line that has no gap, or more than one
     */
    static Templates of(Optional<Path> file) {
        return file.map(Templates::read).orElseGet(Templates::imageNet);
    }

    /** The 80 for ImageNet of OpenAI's CLIP: its notebook Prompt_Engineering_for_ImageNet. */
    static Templates imageNet() {
        return new Templates(TextFiles.resource(Templates.class, "imagenet-templates.txt"));
    }

    private static Templates read(Path file) {
        List<String> lines = TextLines.read(file);
        IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).matches("[^{}]*\\{}[^{}]*"))
                .findFirst()
                .ifPresent(i -> {
                    throw new UserException("%s: template %s is '%s', but must have %s once, for the name of the class"
                            .formatted(file, i + 1, lines.get(i), GAP));
                });
        return new Templates(lines);
    }

    /** The sentences about a class; an underscore in its name is a space in them. */
    List<String> about(String name) {
        String words = name.replace('_', ' ');
        return sentences.stream().map(sentence -> sentence.replace(GAP, words)).toList();
    }
}
