package io.iedp.conditioning;

import io.iedp.api.data.Sample;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The placeholders of a prompt: a name in braces. */
final class Placeholders {
    static final Pattern PATTERN = Pattern.compile("\\{([a-z][a-z0-9_-]*)}");
    private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}?|}");
    private static final List<String> USUAL = List.of(Sample.LABELS, Sample.SCENE, Sample.CAPTION, Sample.EXPRESSION);

    private Placeholders() {}

    /** The names in a text. */
    static List<String> names(String text) {
        return PATTERN.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /**
     * @param key of the configuration that has the template, for messages
     * @throws IllegalArgumentException if something in braces is no placeholder
     */
    static void require(String key, String template) {
        BRACES.matcher(template)
                .results()
                .map(MatchResult::group)
                .filter(braces -> !PATTERN.matcher(braces).matches())
                .findFirst()
                .ifPresent(braces -> {
                    throw new IllegalArgumentException(
                            "%s has '%s', which is no placeholder; write {labels} for the names of the classes, or a text of the samples, such as %s"
                                    .formatted(key, braces, shown(USUAL.subList(1, USUAL.size()))));
                });
    }

    /**
     * @param key of the configuration that has the text, for messages
     * @throws IllegalArgumentException if there is a placeholder in it, or what is meant for one
     */
    static void refuse(String key, String text) {
        if (text.contains("{}") || names(text).stream().anyMatch(USUAL::contains)) {
            throw new IllegalArgumentException(
                    "%s has a placeholder, but is the same for all pictures; the guidance label-prompt has one for each"
                            .formatted(key));
        }
    }

    private static String shown(List<String> names) {
        return "{" + String.join("}, {", names) + "}";
    }
}
