package io.iedp.conditioning;

import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the guidance {@code caption} (TADP: Kondapaneni et al., 2024, section 3). */
final class CaptionFactory implements GuidanceFactory<CaptionConfig> {
    @Override
    public String type() {
        return "caption";
    }

    @Override
    public Class<CaptionConfig> configuration() {
        return CaptionConfig.class;
    }

    @Override
    public String description() {
        return "A text for each picture, from a file or of the data, through a frozen CLIP text encoder (TADP).";
    }

    @Override
    public GuidanceBranch.Use use(CaptionConfig configuration) {
        return configuration.use().use();
    }

    @Override
    public GuidanceBranch create(CaptionConfig configuration, GuidanceContext context) {
        Function<Sample, Optional<String>> found = source(configuration);
        TextEncoder encoder = TextModel.of(type(), configuration, context.weights(), context);
        int length = encoder.length(type(), configuration.length());
        NDManager manager = context.weights().manager();
        return new TextGuidance(
                configuration.use().use(),
                configuration.weight(),
                length,
                sample -> found.apply(sample).orElseGet(() -> missing(configuration, sample)),
                new TextCache(texts -> encoder.encode(texts, length, manager), context.kernels(), manager),
                TextAdapter.wanted(configuration.adapter(), context),
                List.of());
    }

    private static Function<Sample, Optional<String>> source(CaptionConfig configuration) {
        if (configuration.file().isPresent()) {
            CaptionFile file = CaptionFile.read(configuration.file().get());
            return sample -> file.of(sample.name());
        }
        return sample -> Optional.ofNullable(sample.texts().get(configuration.text()));
    }

    private String missing(CaptionConfig configuration, Sample sample) {
        if (configuration.missing() == CaptionConfig.Missing.EMPTY) {
            return "";
        }
        String problem = configuration
                .file()
                .map(file -> "%s has no caption for the picture '%s'".formatted(file, sample.name()))
                .orElseGet(() -> "the picture '%s' has no text '%s', only %s"
                        .formatted(
                                sample.name(),
                                configuration.text(),
                                sample.texts().keySet().stream().sorted().toList()));
        throw new UserException("%s: %s. With missing: empty, it would get the empty text.".formatted(type(), problem));
    }
}
