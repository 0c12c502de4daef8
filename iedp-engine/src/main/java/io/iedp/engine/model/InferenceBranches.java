package io.iedp.engine.model;

import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The branches of guidance that a trained model needs to predict. */
final class InferenceBranches {
    private InferenceBranches() {}

    /** The model without the branches that say beforehand that they take part in training alone, unless all do. */
    static ModelSpec of(ModelSpec model) {
        Map<String, Component> needed = new LinkedHashMap<>(model.guidance());
        needed.values().removeIf(branch -> use(branch) == GuidanceBranch.Use.TRAINING);
        return needed.isEmpty() ? model : model.guidedBy(needed);
    }

    @SuppressWarnings("unchecked")
    private static GuidanceBranch.Use use(Component branch) {
        GuidanceFactory<Record> factory =
                (GuidanceFactory<Record>) branch.installed().factory();
        return branch.within(() -> factory.use(branch.configuration()));
    }
}
