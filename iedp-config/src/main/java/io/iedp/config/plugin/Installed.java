package io.iedp.config.plugin;

import io.iedp.api.ComponentFactory;
import io.iedp.api.UserException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A factory that some plugin brought.
 *
 * @param kind what it makes
 * @param factory the factory itself
 * @param plugin class name of the plugin
 * @param origin the jar or folder that it came from
 */
public record Installed(Kind kind, ComponentFactory<?, ?, ?> factory, String plugin, String origin) {
    public String type() {
        return factory.type();
    }

    public boolean isThirdParty() {
        return place().isPresent();
    }

    /** The jar or the folder of the third party's plugin that brought it. */
    public Optional<Path> place() {
        return factory.getClass().getClassLoader() instanceof PluginClassLoader loader
                ? Optional.of(loader.place().path().toAbsolutePath().normalize())
                : Optional.empty();
    }

    /** What it means to the user that some class of the component's cannot be had; those of the project all can. */
    public RuntimeException unlinked(LinkageError failure) {
        if (!isThirdParty()) {
            throw failure;
        }
        BrokenPluginException why = Diagnosis.of(failure);
        return new UserException(
                "The %s '%s' of %s does not work: %s. %s"
                        .formatted(kind.label(), type(), origin, why.reason(), why.remedy()),
                failure);
    }
}
