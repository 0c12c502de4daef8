package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an experiment file says about the loss {@code lovasz}. */
record LovaszConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc("Factors for each class, in the order of the classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 1e6)
        List<Double> classWeights,

        @Doc(
                "Whether each picture is taken by itself and the mean over the pictures is the loss, rather than all of a batch together.")
        @Default("false")
        boolean perImage,

        @Doc("The classes that count: present are those that occur in the labels.") @Default("present")
        Counted classes,

        @Doc("The indices of the only classes that count, in the place of classes; empty for none.")
        @Default("[]")
        @Range(min = 0, max = 65535)
        List<Integer> only) {
    /** The classes that count. */
    enum Counted {
        PRESENT,
        ALL
    }

    LovaszConfig {
        classWeights = List.copyOf(classWeights);
        only = List.copyOf(only);
    }

    /** The classes that count whether they occur or not, if that is asked for. */
    Optional<List<Integer>> fixed(int count) {
        if (!only.isEmpty()) {
            return Optional.of(only);
        }
        return classes == Counted.ALL
                ? Optional.of(IntStream.range(0, count).boxed().toList())
                : Optional.empty();
    }
}
