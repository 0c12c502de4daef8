package io.iedp.launcher.plugin;

import io.iedp.api.ComponentFactory;

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
}
