package example.torchscript;

import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;

/** Makes the backbone {@code example/torchscript}. */
final class TorchScriptFactory implements BackboneFactory<TorchScriptConfig> {
    @Override
    public String type() {
        return "example/torchscript";
    }

    @Override
    public Class<TorchScriptConfig> configuration() {
        return TorchScriptConfig.class;
    }

    @Override
    public String description() {
        return "A network that someone saved as a TorchScript file; it does not train.";
    }

    @Override
    public Backbone create(TorchScriptConfig configuration, BackboneContext context) {
        return new TorchScriptBackbone(configuration, context.weights().manager());
    }
}
