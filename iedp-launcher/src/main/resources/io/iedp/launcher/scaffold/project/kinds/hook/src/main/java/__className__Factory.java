package ${package};

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.HookFactory;

/** Makes the hook of type {@code ${type}}. */
final class ${className}Factory implements HookFactory<${className}Config> {
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
        return "Tells of the lowest loss so far.";
    }

    @Override
    public Hook create(${className}Config configuration, HookContext context) {
        return new ${className}(configuration, context);
    }
}
