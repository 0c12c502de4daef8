package io.iedp.tasks.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.ComponentFactory;
import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.loss.PixelLossFactory;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.TaskContext;
import io.iedp.tasks.loss.CrossEntropy.Averaging;
import io.iedp.testkit.Contracts;
import io.iedp.testkit.PixelLossContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for each loss. */
class LossContractsTest {
    private static final List<Double> WEIGHTS = List.of(1.0, 0.5, 2.0);

    @SuppressWarnings("unchecked")
    private static <C extends Record> PixelLossFactory<C> factory(String type) {
        return LossFactory.all().stream()
                .filter(each -> each.type().equals(type))
                .map(each -> (PixelLossFactory<C>) each)
                .findFirst()
                .orElseThrow();
    }

    private record Host(Kernels kernels, DatasetInfo data) implements TaskContext {}

    private static TaskContext host(int classes) {
        return new Host(
                null,
                new DatasetInfo(
                        Stream.of("a", "b", "c", "d")
                                .limit(classes)
                                .map(name -> new ClassInfo(name, 0))
                                .toList(),
                        0));
    }

    @Test
    void everyOneIsHere() {
        assertThat(Contracts.types(this).stream().distinct())
                .containsExactlyInAnyOrderElementsOf(
                        LossFactory.all().stream().map(ComponentFactory::type).toList());
    }

    @Test
    void whatDoesNotSuitTheClassesIsRefused() {
        assertThatThrownBy(() -> LossContractsTest.<LovaszConfig>factory("lovasz")
                        .create(
                                new LovaszConfig(1, List.of(), true, LovaszConfig.Counted.PRESENT, List.of(0, 3)),
                                host(3)))
                .isInstanceOf(UserException.class)
                .hasMessage("only of the loss lovasz has the class 3, but the training data has 3 classes: 0 to 2.");
        assertThatThrownBy(() -> LossContractsTest.<TverskyConfig>factory("tversky")
                        .create(new TverskyConfig(1, WEIGHTS, 0.3, 0.7), host(2)))
                .isInstanceOf(UserException.class)
                .hasMessage("class-weights of the loss has 3 weights, but the training data has 2 classes: [a, b].");
        assertThatThrownBy(() ->
                        LossContractsTest.<WeightConfig>factory("boundary").create(new WeightConfig(1), host(3)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "lovasz-hinge and boundary are losses of data with two classes, but the training data has 3: [a, b, c].");
    }

    @Test
    void sigmoidHasNeitherWeightsNorHardPixels() {
        assertThatThrownBy(() -> new CrossEntropyConfig(1, WEIGHTS, Averaging.ALL, true, Optional.empty()))
                .hasMessage("with sigmoid, there are neither class-weights nor ohem");
    }

    abstract static class OfConfiguration<C extends Record> extends PixelLossContract<C> {
        private final String type;
        private final C configuration;

        OfConfiguration(String type, C configuration) {
            this.type = type;
            this.configuration = configuration;
        }

        @Override
        protected PixelLossFactory<C> factory() {
            return LossContractsTest.factory(type);
        }

        @Override
        protected C configuration() {
            return configuration;
        }
    }

    @Nested
    class Plain extends OfConfiguration<CrossEntropyConfig> {
        Plain() {
            super("cross-entropy", new CrossEntropyConfig(1, WEIGHTS, Averaging.NON_IGNORED, false, Optional.empty()));
        }
    }

    @Nested
    class BySigmoid extends OfConfiguration<CrossEntropyConfig> {
        BySigmoid() {
            super("cross-entropy", new CrossEntropyConfig(2, List.of(), Averaging.VALID, true, Optional.empty()));
        }
    }

    @Nested
    class OfUnsurePixels extends OfConfiguration<CrossEntropyConfig> {
        OfUnsurePixels() {
            super(
                    "cross-entropy",
                    new CrossEntropyConfig(
                            1,
                            List.of(),
                            Averaging.VALID,
                            false,
                            Optional.of(new HardPixels(Optional.of(0.7), 100000))));
        }
    }

    @Nested
    class OfTheGreatestLosses extends OfConfiguration<CrossEntropyConfig> {
        OfTheGreatestLosses() {
            super(
                    "cross-entropy",
                    new CrossEntropyConfig(
                            1, WEIGHTS, Averaging.ALL, false, Optional.of(new HardPixels(Optional.empty(), 5))));
        }
    }

    @Nested
    class Lovasz extends OfConfiguration<LovaszConfig> {
        Lovasz() {
            super("lovasz", new LovaszConfig(1, WEIGHTS, true, LovaszConfig.Counted.ALL, List.of()));
        }
    }

    @Nested
    class LovaszOfSome extends OfConfiguration<LovaszConfig> {
        LovaszOfSome() {
            super("lovasz", new LovaszConfig(1, List.of(), false, LovaszConfig.Counted.PRESENT, List.of(0, 2)));
        }
    }

    @Nested
    class Hinge extends OfConfiguration<LovaszHingeConfig> {
        Hinge() {
            super("lovasz-hinge", new LovaszHingeConfig(1, true));
        }

        @Override
        protected int classes() {
            return 2;
        }
    }

    @Nested
    class OfFocus extends OfConfiguration<FocalConfig> {
        OfFocus() {
            super("focal", new FocalConfig(1, WEIGHTS, 0.5, List.of(0.2, 0.5, 0.8), true));
        }
    }

    @Nested
    class Tversky extends OfConfiguration<TverskyConfig> {
        Tversky() {
            super("tversky", new TverskyConfig(1, WEIGHTS, 0.3, 0.7));
        }
    }

    @Nested
    class Dice extends OfConfiguration<DiceConfig> {
        Dice() {
            super("dice", new DiceConfig(1, WEIGHTS, 2));
        }
    }

    @Nested
    class Soft extends OfConfiguration<WeightConfig> {
        Soft() {
            super("soft-dice", new WeightConfig(1));
        }
    }

    @Nested
    class Boundary extends OfConfiguration<WeightConfig> {
        Boundary() {
            super("boundary", new WeightConfig(1));
        }

        @Override
        protected int classes() {
            return 2;
        }
    }
}
