package io.iedp.tasks.loss;

import io.iedp.api.UserException;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.loss.PixelLossFactory;
import io.iedp.api.task.TaskContext;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Makes a loss of one class a pixel.
 *
 * @param weight the factor of the loss in a configuration
 * @param make the loss without that factor
 */
public record LossFactory<C extends Record>(
        String type,
        Class<C> configuration,
        String description,
        ToDoubleFunction<C> weight,
        BiFunction<C, TaskContext, PixelLoss> make)
        implements PixelLossFactory<C> {
    /** Those of this package. */
    public static List<PixelLossFactory<?>> all() {
        return List.of(
                new LossFactory<>(
                        "cross-entropy",
                        CrossEntropyConfig.class,
                        "Cross-entropy of the classes of each pixel, of all pixels or the hard ones.",
                        CrossEntropyConfig::weight,
                        LossFactory::crossEntropy),
                new LossFactory<>(
                        "lovasz",
                        LovaszConfig.class,
                        "Lovász-Softmax (Berman et al., 2018), a stand-in for the intersection over union: mean over classes.",
                        LovaszConfig::weight,
                        LossFactory::lovasz),
                new LossFactory<>(
                        "lovasz-hinge",
                        LovaszHingeConfig.class,
                        "The Lovász hinge (Berman et al., 2018) of data with two classes.",
                        LovaszHingeConfig::weight,
                        (c, context) ->
                                two(context, c.perImage() ? new PerPicture(TwoClasses::hinge) : TwoClasses::hinge)),
                new LossFactory<>(
                        "focal",
                        FocalConfig.class,
                        "Focal loss (Lin et al., 2017) of a sigmoid of each class, with less weight for pixels that are right.",
                        FocalConfig::weight,
                        LossFactory::focal),
                new LossFactory<>(
                        "tversky",
                        TverskyConfig.class,
                        "One minus Tversky's index (Salehi et al., 2017): mean over classes and pictures.",
                        TverskyConfig::weight,
                        (c, context) -> overlap(c.classWeights(), context, Overlap.tversky(c.alpha(), c.beta()))),
                new LossFactory<>(
                        "dice",
                        DiceConfig.class,
                        "One minus the Dice coefficient as mmsegmentation has it: mean over classes and pictures.",
                        DiceConfig::weight,
                        (c, context) -> overlap(c.classWeights(), context, Overlap.dice(c.exponent()))),
                new LossFactory<>(
                        "soft-dice",
                        WeightConfig.class,
                        "One minus the Dice coefficient (Milletari et al., 2016) over the pixels of a batch together: mean over the "
                                + "classes that occur.",
                        WeightConfig::weight,
                        (c, context) -> softDice()),
                new LossFactory<>(
                        "boundary",
                        WeightConfig.class,
                        "Binary cross-entropy of data with two classes that weigh alike, such as borders and the rest.",
                        WeightConfig::weight,
                        (c, context) -> two(context, TwoClasses.balanced(context.kernels()))));
    }

    /** Lovász-Softmax: the mean over the classes that occur in a batch. */
    public static PixelLoss lovasz() {
        return ByClass.ofPresent(new LovaszSoftmax());
    }

    /** One minus the soft Dice coefficient: the mean over the classes that occur in a batch. */
    public static PixelLoss softDice() {
        return ByClass.ofPresent(new SoftDice());
    }

    @Override
    public PixelLoss create(C configuration, TaskContext context) {
        return times(weight.applyAsDouble(configuration), make.apply(configuration, context));
    }

    /** A loss with a factor. */
    public static PixelLoss times(double weight, PixelLoss loss) {
        float factor = (float) weight;
        return factor == 1 ? loss : (logits, labels) -> loss.of(logits, labels).mul(factor);
    }

    private static PixelLoss crossEntropy(CrossEntropyConfig configuration, TaskContext context) {
        ClassWeights.require("class-weights of the loss cross-entropy", configuration.classWeights(), context);
        return configuration.sigmoid()
                ? new Sigmoids(context.kernels(), configuration.averaging() == CrossEntropy.Averaging.ALL)
                : new CrossEntropy(
                        context.kernels(),
                        configuration.classWeights(),
                        configuration.averaging(),
                        configuration.ohem());
    }

    private static PixelLoss lovasz(LovaszConfig configuration, TaskContext context) {
        ClassWeights.require("class-weights of the loss lovasz", configuration.classWeights(), context);
        int classes = context.data().classes().size();
        configuration.only().stream().filter(c -> c >= classes).findFirst().ifPresent(c -> {
            throw new UserException(
                    "only of the loss lovasz has the class %s, but the training data has %s classes: 0 to %s."
                            .formatted(c, classes, classes - 1));
        });
        PixelLoss loss = new ByClass(new LovaszSoftmax(), configuration.fixed(classes), configuration.classWeights());
        return configuration.perImage() ? new PerPicture(loss) : loss;
    }

    private static PixelLoss focal(FocalConfig configuration, TaskContext context) {
        ClassWeights.require("class-weights of the loss focal", configuration.classWeights(), context);
        if (configuration.alpha().size() > 1) {
            ClassWeights.require("alpha of the loss focal", configuration.alpha(), context);
        }
        return new Focal(
                context.kernels(),
                configuration.gamma(),
                configuration.alpha(),
                configuration.classWeights(),
                configuration.sum());
    }

    private static PixelLoss overlap(List<Double> weights, TaskContext context, Overlap.Measure measure) {
        ClassWeights.require("class-weights of the loss", weights, context);
        return new Overlap(measure, weights);
    }

    /** One for data with two classes. */
    private static PixelLoss two(TaskContext context, PixelLoss loss) {
        int classes = context.data().classes().size();
        if (classes > 2) {
            throw new UserException(
                    "lovasz-hinge and boundary are losses of data with two classes, but the training data has %s: %s."
                            .formatted(classes, context.data().classNames()));
        }
        return loss;
    }
}
