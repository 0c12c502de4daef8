package ${package};

import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.Transform;
import io.iedp.api.data.TransformFactory;

/** Makes the transform of type {@code ${type}}. */
final class ${className}Factory implements TransformFactory<${className}Config> {
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
        return "Greys out a rectangle.";
    }

    @Override
    public Transform create(${className}Config configuration, DatasetContext context) {
        return new ${className}(configuration);
    }
}
