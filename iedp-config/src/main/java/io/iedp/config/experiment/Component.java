package io.iedp.config.experiment;

import io.iedp.api.ComponentFactory;
import io.iedp.api.config.Chosen;
import io.iedp.config.plugin.Installed;
import java.util.function.Supplier;

/**
 * A component as an experiment file chose it: the factory and the configuration for it.
 *
 * @param installed the factory and where it came from
 * @param configuration an instance of the factory's configuration record
 */
public record Component(Installed installed, Record configuration) implements Chosen<Object, Object> {
    public Component {
        if (!installed.factory().configuration().isInstance(configuration)) {
            throw new IllegalArgumentException("%s takes a %s, not a %s"
                    .formatted(
                            installed.type(),
                            installed.factory().configuration().getSimpleName(),
                            configuration.getClass().getSimpleName()));
        }
    }

    @Override
    public String type() {
        return installed.type();
    }

    @Override
    public Object make(Object context) {
        return create(context);
    }

    /** Makes the component, with the context that its kind takes; its plugin's classes are visible to libraries. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <X, T> T create(X context) {
        ComponentFactory<Record, X, T> factory = (ComponentFactory<Record, X, T>) installed.factory();
        return within(() -> factory.create(configuration, context));
    }

    /** Does some work of the component's while its plugin's classes are visible to libraries. */
    public <T> T within(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(installed.factory().getClass().getClassLoader());
        try {
            return work.get();
        } catch (LinkageError e) {
            throw installed.unlinked(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
