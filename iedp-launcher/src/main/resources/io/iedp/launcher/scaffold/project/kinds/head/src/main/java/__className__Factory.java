package ${package};

import io.iedp.api.head.Head;
import io.iedp.api.head.HeadContext;
import io.iedp.api.head.HeadFactory;

/** Makes the head of type {@code ${type}}. */
final class ${className}Factory implements HeadFactory<${className}Config> {
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
        return "One linear layer on the finest features.";
    }

    @Override
    public Head create(${className}Config configuration, HeadContext context) {
        return new ${className}(configuration, context);
    }
}
