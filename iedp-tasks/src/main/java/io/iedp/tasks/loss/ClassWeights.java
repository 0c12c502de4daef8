package io.iedp.tasks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.task.TaskContext;
import java.util.List;

/** A factor for each class, in the order of the classes. */
public final class ClassWeights {
    private ClassWeights() {}

    /** (classes), ones if there are no weights, on the device of the logits (B, classes, H, W). */
    static NDArray array(NDArray logits, List<Double> weights) {
        int classes = Math.toIntExact(logits.getShape().get(1));
        float[] values = new float[classes];
        for (int c = 0; c < classes; c++) {
            values[c] = weights.isEmpty() ? 1 : weights.get(c).floatValue();
        }
        return logits.getManager().create(values, new Shape(classes));
    }

    /** That of one class. */
    static float of(List<Double> weights, int c) {
        return weights.isEmpty() ? 1 : weights.get(c).floatValue();
    }

    /**
     * @param key of the experiment file
     * @throws UserException if there are weights, but not as many as the data has classes
     */
    public static void require(String key, List<Double> weights, TaskContext context) {
        int classes = context.data().classes().size();
        if (!weights.isEmpty() && weights.size() != classes) {
            throw new UserException("%s has %s weights, but the training data has %s classes: %s."
                    .formatted(key, weights.size(), classes, context.data().classNames()));
        }
    }
}
