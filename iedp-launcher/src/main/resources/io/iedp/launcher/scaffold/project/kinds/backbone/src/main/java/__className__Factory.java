package ${package};

import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.BackboneContext;
import io.iedp.api.backbone.BackboneFactory;

/** Makes the backbone of type {@code ${type}}. */
final class ${className}Factory implements BackboneFactory<${className}Config> {
    @Override
    public String type() {
        return "${type}";
    }

    @Override
    public Class<${className}Config> configuration() {
        return ${className}Config.class;
    }

    @Override
    public String description() {
        return "A small pyramid of convolutions.";
    }

    @Override
    public Backbone create(${className}Config configuration, BackboneContext context) {
        return new ${className}(configuration, context);
    }
}
