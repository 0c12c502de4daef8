package io.iedp.testkit;

import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;
import java.util.Set;

/** The fixture keeps the contract that it helps to test. */
class TinyBackboneTest extends BackboneContract<TinyBackboneTest.Config> {
    record Config() {}

    private record Factory() implements BackboneFactory<Config> {
        @Override
        public String type() {
            return "tiny";
        }

        @Override
        public Class<Config> configuration() {
            return Config.class;
        }

        @Override
        public String description() {
            return "A tiny backbone.";
        }

        @Override
        public Backbone create(Config configuration, BackboneContext context) {
            return new TinyBackbone(context.weights(), context.kernels());
        }
    }

    @Override
    protected BackboneFactory<Config> factory() {
        return new Factory();
    }

    @Override
    protected Config configuration() {
        return new Config();
    }

    @Override
    protected Set<Behaviour> unsupported() {
        return Set.of(Behaviour.ATTENTION_MAPS);
    }
}
