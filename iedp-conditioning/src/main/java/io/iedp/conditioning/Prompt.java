package io.iedp.conditioning;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleOutline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

/**
 * Words for a sample, from its ground truth.
 *
 * @param template text with placeholders: {@code {labels}}, or the name of one of a sample's texts
 * @param separator between class names
 * @param names of the classes
 */
record Prompt(String template, String separator, List<String> names) {
    private static final String LABELS = "{labels}";

    /**
     * The prompt with as many class names as fit, those with most pixels first. A picture without any gives
     * an empty prompt.
     *
     * @param fits whether a prompt is short enough
     */
    String of(Sample sample, Predicate<String> fits) {
        if (!template.contains(LABELS)) {
            return fill(sample, List.of());
        }
        List<String> present = new ArrayList<>(present(sample));
        while (!present.isEmpty()) {
            String prompt = fill(sample, present);
            if (present.size() == 1 || fits.test(prompt)) {
                return prompt;
            }
            present.remove(present.size() - 1);
        }
        return "";
    }

    /** Classes whose name makes the prompt too long even by itself. */
    List<String> tooLong(Predicate<String> fits) {
        if (!template.contains(LABELS)) {
            return List.of();
        }
        return names.stream()
                .filter(name -> !fits.test(template.replace(LABELS, name)))
                .toList();
    }

    private String fill(Sample sample, List<String> present) {
        return Placeholders.PATTERN
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), sample, present)));
    }

    /** What a sample lacks of what the template asks for. */
    static Optional<String> problem(String template, SampleOutline sample) {
        return Placeholders.names(template).stream()
                .flatMap(key -> lack(template, key, sample).stream())
                .findFirst();
    }

    private static Optional<String> lack(String template, String key, SampleOutline sample) {
        if (key.equals(Sample.LABELS)) {
            return sample.targets().contains(key)
                    ? Optional.empty()
                    : Optional.of("label-prompt: the template '%s' asks for {labels}, but %s has no labels."
                            .formatted(template, sample.name()));
        }
        return sample.texts().containsKey(key)
                ? Optional.empty()
                : Optional.of("label-prompt: the template '%s' asks for {%s}, but %s has only {labels} and %s."
                        .formatted(
                                template,
                                key,
                                sample.name(),
                                sample.texts().keySet().stream().sorted().toList()));
    }

    private void require(String key, Sample sample) {
        lack(template, key, SampleOutline.of(sample)).ifPresent(problem -> {
            throw new UserException(problem);
        });
    }

    private String value(String key, Sample sample, List<String> present) {
        if (key.equals(Sample.LABELS)) {
            return String.join(separator, present);
        }
        require(key, sample);
        return sample.texts().get(key);
    }

    private List<String> present(Sample sample) {
        require(Sample.LABELS, sample);
        int[] pixels = new int[names.size()];
        for (float label : sample.target(Sample.LABELS).values()) {
            if (label != Raster.IGNORE) {
                pixels[(int) label]++;
            }
        }
        return IntStream.range(0, pixels.length)
                .filter(c -> pixels[c] > 0)
                .boxed()
                .sorted(Comparator.comparing(c -> -pixels[c]))
                .map(names::get)
                .toList();
    }
}
