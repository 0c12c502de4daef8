package io.iedp.config.plugin;

import java.util.List;

/**
 * The packages that cross the boundary between host and plugins: their classes are the host's for all. Nothing else of
 * the host's is seen by a plugin, neither its libraries nor its own modules.
 */
final class SharedPackages {
    /** What plugins implement, and what reads files for them; the host's alone, whatever a plugin packs. */
    private static final List<String> OWN = List.of("io.iedp.api.", "io.iedp.io.");

    /** The array library with its engine, of which a process has one; and the calls of the log. */
    private static final List<String> LIBRARIES = List.of("ai.djl.", "org.slf4j.");

    /** For messages. */
    static final String LIST = "io.iedp.api, io.iedp.io, ai.djl and org.slf4j";

    private static final String SERVICES = "META-INF/services/";

    private SharedPackages() {}

    /** Whether the host's class is the only one that a plugin can get. */
    static boolean hostOnly(String className) {
        return OWN.stream().anyMatch(className::startsWith);
    }

    /** Whether the host's class goes before a plugin's own; extensions that the host lacks may come with a plugin. */
    static boolean hostFirst(String className) {
        return hostOnly(className) || LIBRARIES.stream().anyMatch(className::startsWith);
    }

    /** Whether a resource is one of shared classes, or names providers for the engine. */
    static boolean resource(String name) {
        return name.startsWith(SERVICES) ? name.startsWith(SERVICES + "ai.djl.") : hostFirst(name.replace('/', '.'));
    }
}
