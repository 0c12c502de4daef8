package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.ComponentFactory;
import io.iedp.api.backbone.BackboneFactory;
import io.iedp.testkit.BackboneContract;
import io.iedp.testkit.Contracts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for each backbone, with each part of it that can train. */
class BackboneContractsTest {
    @Test
    void everyOneIsHere() {
        assertThat(Contracts.types(this))
                .containsExactlyInAnyOrderElementsOf(new BackbonePlugin()
                        .backbones().stream().map(ComponentFactory::type).toList());
    }

    private abstract static class Small extends BackboneContract<StableDiffusionConfig> {
        private final StableDiffusionConfig.Train train;
        private final boolean checkpointing;
        private final double stochasticDepth;

        Small(StableDiffusionConfig.Train train, boolean checkpointing) {
            this(train, checkpointing, 0);
        }

        Small(StableDiffusionConfig.Train train, boolean checkpointing, double stochasticDepth) {
            this.train = train;
            this.stochasticDepth = stochasticDepth;
            this.checkpointing = checkpointing;
        }

        @Override
        protected BackboneFactory<StableDiffusionConfig> factory() {
            return new StableDiffusionFactory();
        }

        @Override
        protected StableDiffusionConfig configuration() {
            StableDiffusionConfig.Architecture architecture =
                    new StableDiffusionConfig.Architecture(List.of(8, 8, 16), 1, 2, 1, 6, 4, List.of(4, 8), 1, 4);
            return new StableDiffusionConfig(
                    Optional.empty(),
                    1,
                    Optional.of(1.0),
                    Optional.empty(),
                    train,
                    checkpointing,
                    stochasticDepth,
                    architecture);
        }
    }

    @Nested
    class AllTrains extends Small {
        AllTrains() {
            super(StableDiffusionConfig.Train.ALL, false);
        }
    }

    @Nested
    class TheUnetTrains extends Small {
        TheUnetTrains() {
            super(StableDiffusionConfig.Train.UNET, false);
        }
    }

    @Nested
    class TheUnetTrainsInLessMemory extends Small {
        TheUnetTrainsInLessMemory() {
            super(StableDiffusionConfig.Train.UNET, true);
        }
    }

    @Nested
    class TheUnetTrainsWithStochasticDepth extends Small {
        TheUnetTrainsWithStochasticDepth() {
            super(StableDiffusionConfig.Train.UNET, false, 0.1);
        }
    }

    @Nested
    class NothingTrains extends Small {
        NothingTrains() {
            super(StableDiffusionConfig.Train.NONE, false);
        }
    }
}
