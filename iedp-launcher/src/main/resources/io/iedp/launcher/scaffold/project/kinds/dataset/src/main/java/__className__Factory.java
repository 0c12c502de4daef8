package ${package};

import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetFactory;

/** Makes the dataset of type {@code ${type}}. */
final class ${className}Factory implements DatasetFactory<${className}Config> {
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
        return "Discs on a plain ground.";
    }

    @Override
    public Dataset create(${className}Config configuration, DatasetContext context) {
        return new ${className}(configuration, context.seed());
    }
}
