package io.iedp.tasks;

import io.iedp.api.UserException;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;
import io.iedp.tasks.loss.ClassWeights;

/** Makes the task {@code semantic-segmentation}. */
final class SemanticSegmentationFactory implements TaskFactory<SemanticSegmentationConfig> {
    @Override
    public String type() {
        return "semantic-segmentation";
    }

    @Override
    public Class<SemanticSegmentationConfig> configuration() {
        return SemanticSegmentationConfig.class;
    }

    @Override
    public String description() {
        return "One class a pixel, measured by mean intersection over union.";
    }

    @Override
    public SampleCheck check(SemanticSegmentationConfig configuration) {
        return SemanticSegmentation.CHECK;
    }

    @Override
    public Task create(SemanticSegmentationConfig configuration, TaskContext context) {
        if (context.data().classes().isEmpty()) {
            throw new UserException("Semantic segmentation needs classes, but the training data has none. "
                    + "Choose data with labels, or give the data set its class names.");
        }
        ClassWeights.require("class-weights", configuration.classWeights(), context);
        return new SemanticSegmentation(configuration, context);
    }
}
