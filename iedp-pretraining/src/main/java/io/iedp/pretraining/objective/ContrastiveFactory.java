package io.iedp.pretraining.objective;

import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.objective.TrainingObjectiveFactory;
import java.util.Optional;

/** Makes the objective {@code contrastive}. */
public final class ContrastiveFactory implements TrainingObjectiveFactory<ContrastiveConfig> {
    @Override
    public String type() {
        return "contrastive";
    }

    @Override
    public Class<ContrastiveConfig> configuration() {
        return ContrastiveConfig.class;
    }

    @Override
    public String description() {
        return "Trains CLIP's two encoders to match pictures with their captions.";
    }

    @Override
    public SampleCheck check(ContrastiveConfig configuration) {
        SampleCheck caption = captioned(type());
        return configuration.needsLabels()
                ? sample -> sample.targets().contains(Sample.LABELS)
                        ? caption.problem(sample)
                        : Optional.of(
                                "%s: contrastive with positives: classes or class-names needs labels, but there are none"
                                        .formatted(sample.name()))
                : caption;
    }

    /** Asks for a caption. */
    static SampleCheck captioned(String objective) {
        return sample -> sample.texts().getOrDefault(Sample.CAPTION, "").isBlank()
                ? Optional.of("%s: %s learns from captions, but there is none".formatted(sample.name(), objective))
                : Optional.empty();
    }

    @Override
    public TrainingObjective create(ContrastiveConfig configuration, ObjectiveContext context) {
        return new Contrastive(configuration, check(configuration), context);
    }
}
