package io.iedp.engine.djl;

import ai.djl.Model;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.translator.ImageServingTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import io.iedp.config.experiment.Experiment;
import io.iedp.engine.PredictedClass;
import io.iedp.engine.Prediction;
import io.iedp.engine.TaskPrediction;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * What comes out of a trained run, by the output type that {@code Criteria} names for an {@link Image}: {@link CategoryMask}
 * of a task whose values are classes, {@link Image} of the prediction over the photograph, or {@link Prediction} with all
 * tasks. With {@link Input} and {@link Output}, as servers have it, classes come out as JSON and all else as PNG. The
 * argument {@code task} chooses another task than the main one.
 */
public final class IedpTranslatorFactory implements TranslatorFactory, Serializable {
    private static final long serialVersionUID = 1L;
    private static final String TASK = "task";

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(
                new Pair<>(Image.class, CategoryMask.class),
                new Pair<>(Image.class, Image.class),
                new Pair<>(Image.class, Prediction.class),
                new Pair<>(Input.class, Output.class));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <I, O> Translator<I, O> newInstance(Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
            throws TranslateException {
        if (!isSupported(input, output)) {
            throw new IllegalArgumentException(
                    "An image becomes one of %s, not %s".formatted(getSupportedTypes(), output));
        }
        if (!(model instanceof IedpDjlModel run)) {
            throw new TranslateException(
                    "This translator is for trained runs, which DJL opens with optEngine(\"%s\"), not with %s"
                            .formatted(IedpEngine.NAME, model.getClass().getName()));
        }
        String task = arguments.get(TASK) instanceof String name ? name : Experiment.MAIN_TASK;
        if (!run.model().tasks().contains(task)) {
            throw new TranslateException("There is no task '%s'; the run has %s"
                    .formatted(task, run.model().tasks()));
        }
        if (output == CategoryMask.class) {
            return (Translator<I, O>) new RunTranslator<>(run, prediction -> mask(prediction.task(task)));
        }
        if (output == Image.class) {
            return (Translator<I, O>) new RunTranslator<>(run, prediction -> overlay(prediction.task(task)));
        }
        if (output == Prediction.class) {
            return (Translator<I, O>) new RunTranslator<>(run, prediction -> prediction);
        }
        return (Translator<I, O>) new ImageServingTranslator(new RunTranslator<Object>(run, prediction -> {
            TaskPrediction asked = prediction.task(task);
            return asked.classes().isEmpty() ? picture(asked) : mask(asked);
        }));
    }

    private static CategoryMask mask(TaskPrediction prediction) throws TranslateException {
        if (prediction.classes().isEmpty()) {
            throw new TranslateException("The task '%s' predicts no classes but %s; ask for an Image or a Prediction"
                    .formatted(prediction.name(), prediction.quantity().isEmpty() ? "values" : prediction.quantity()));
        }
        int[][] mask = new int[prediction.height()][prediction.width()];
        for (int y = 0; y < mask.length; y++) {
            for (int x = 0; x < mask[y].length; x++) {
                mask[y][x] = (int) prediction.value(x, y);
            }
        }
        return new CategoryMask(
                prediction.classes().stream().map(PredictedClass::name).toList(), mask);
    }

    private static Image overlay(TaskPrediction prediction) {
        return ImageFactory.getInstance().fromImage(prediction.overlay());
    }

    private static Image picture(TaskPrediction prediction) {
        return ImageFactory.getInstance().fromImage(prediction.picture());
    }
}
