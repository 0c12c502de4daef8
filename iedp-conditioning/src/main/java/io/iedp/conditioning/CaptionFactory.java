package io.iedp.conditioning;

import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import java.util.List;
import java.util.Optional;

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
    public SampleCheck check(CaptionConfig configuration, DatasetInfo data) {
        return configuration.missing() == CaptionConfig.Missing.EMPTY
                ? SampleCheck.NONE
                : Source.of(configuration)::problem;
    }

    @Override
    public GuidanceBranch create(CaptionConfig configuration, GuidanceContext context) {
        Source captions = Source.of(configuration);
        TextEncoder encoder = TextModel.of(type(), configuration, context.weights(), context);
        int length = encoder.length(type(), configuration.length());
        NDManager manager = context.weights().manager();
        return new TextGuidance(
                configuration.use().use(),
                configuration.weight(),
                length,
                sample -> captions.text(SampleOutline.of(sample)),
                new TextCache(texts -> encoder.encode(texts, length, manager), context.kernels(), manager),
                TextAdapter.wanted(configuration.adapter(), context),
                List.of());
    }

    /**
     * Where captions come from.
     *
     * @param file without it, they are among the samples' texts
     */
    private record Source(CaptionConfig configuration, Optional<CaptionFile> file) {
        static Source of(CaptionConfig configuration) {
            return new Source(configuration, configuration.file().map(CaptionFile::read));
        }

        private Optional<String> find(SampleOutline sample) {
            return file.map(each -> each.of(sample.name()))
                    .orElseGet(() -> Optional.ofNullable(sample.texts().get(configuration.text())));
        }

        String text(SampleOutline sample) {
            return find(sample).orElseGet(() -> {
                if (configuration.missing() == CaptionConfig.Missing.EMPTY) {
                    return "";
                }
                throw new UserException(missing(sample));
            });
        }

        Optional<String> problem(SampleOutline sample) {
            return find(sample).isPresent() ? Optional.empty() : Optional.of(missing(sample));
        }

        private String missing(SampleOutline sample) {
            String problem = file.map(each -> each.missing(sample.name()))
                    .orElseGet(() -> "the picture '%s' has no text '%s', only %s"
                            .formatted(
                                    sample.name(),
                                    configuration.text(),
                                    sample.texts().keySet().stream().sorted().toList()));
            return "caption: %s. With missing: empty, it would get the empty text.".formatted(problem);
        }
    }
}
