package ${package};

import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;

/** Makes the guidance of type {@code ${type}}. */
final class ${className}Factory implements GuidanceFactory<${className}Config> {
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
        return "Tokens that depend on the mean colour of the picture.";
    }

    @Override
    public GuidanceBranch create(${className}Config configuration, GuidanceContext context) {
        return new ${className}(configuration, context);
    }
}
