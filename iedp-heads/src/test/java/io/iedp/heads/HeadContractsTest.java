package io.iedp.heads;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.ComponentFactory;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.head.HeadFactory;
import io.iedp.testkit.Contracts;
import io.iedp.testkit.HeadContract;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for each head. */
class HeadContractsTest {
    @Test
    void everyOneIsHere() {
        assertThat(Contracts.types(this))
                .containsExactlyInAnyOrderElementsOf(new HeadsPlugin()
                        .heads().stream().map(ComponentFactory::type).toList());
    }

    /** Maps of the finest level, which all tests have. */
    private static final AttentionConfig ATTENTION =
            new AttentionConfig(List.of(8), List.of(AttentionRequest.Part.UP, AttentionRequest.Part.DOWN));

    @Nested
    class SemanticFpnHead extends HeadContract<SemanticFpnConfig> {
        @Override
        protected HeadFactory<SemanticFpnConfig> factory() {
            return new SemanticFpnFactory();
        }

        @Override
        protected SemanticFpnConfig configuration() {
            return new SemanticFpnConfig(8, 0, ATTENTION);
        }

        @Override
        protected Set<Behaviour> unsupported() {
            return Set.of(Behaviour.UNEVEN_STRIDES);
        }
    }

    @Nested
    class UperNetHead extends HeadContract<UperNetConfig> {
        @Override
        protected HeadFactory<UperNetConfig> factory() {
            return new UperNetFactory();
        }

        @Override
        protected UperNetConfig configuration() {
            UperNetConfig.Auxiliary auxiliary = new UperNetConfig.Auxiliary(0.4, 2, 6, 2, 0);
            return new UperNetConfig(8, List.of(1, 2, 3, 6), 0, ATTENTION, auxiliary);
        }

        @Override
        protected Set<Behaviour> unsupported() {
            return Set.of(Behaviour.TRAINING_ON_ONE_PICTURE, Behaviour.ONE_LEVEL);
        }
    }

    @Nested
    class DepthDecoderHead extends HeadContract<DepthDecoderConfig> {
        @Override
        protected HeadFactory<DepthDecoderConfig> factory() {
            return new DepthDecoderFactory();
        }

        @Override
        protected DepthDecoderConfig configuration() {
            return new DepthDecoderConfig(16, List.of(6, 5, 4), 2, 6, 4);
        }

        @Override
        protected Set<Behaviour> unsupported() {
            return Set.of(Behaviour.UNEVEN_STRIDES, Behaviour.UNEVEN_SIZES);
        }
    }

    @Nested
    class Linear extends HeadContract<LinearConfig> {
        @Override
        protected HeadFactory<LinearConfig> factory() {
            return new LinearFactory();
        }

        @Override
        protected LinearConfig configuration() {
            return new LinearConfig(LinearConfig.Levels.ALL, true);
        }
    }

    @Nested
    class ReferringDecoderHead extends HeadContract<ReferringDecoderConfig> {
        @Override
        protected HeadFactory<ReferringDecoderConfig> factory() {
            return new ReferringDecoderFactory();
        }

        @Override
        protected ReferringDecoderConfig configuration() {
            return new ReferringDecoderConfig(8, ATTENTION);
        }

        @Override
        protected Set<Behaviour> unsupported() {
            return Set.of(Behaviour.ONE_LEVEL);
        }
    }
}
