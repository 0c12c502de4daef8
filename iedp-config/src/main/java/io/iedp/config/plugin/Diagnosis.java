package io.iedp.config.plugin;

import io.iedp.api.ApiVersion;
import java.util.ServiceConfigurationError;

/** Says of a failure inside a plugin's code what it means and what to do about it. */
final class Diagnosis {
    private static final String OTHER_API =
            "Ask its author for a build for version %s of the API, or build it again.".formatted(ApiVersion.CURRENT);
    private static final String AUTHOR = "This is a fault of the plugin; its author can put it right.";

    private Diagnosis() {}

    static BrokenPluginException of(Throwable failure) {
        if (failure instanceof BrokenPluginException broken) {
            return broken;
        }
        if (failure instanceof ServiceConfigurationError) {
            return failure.getCause() == null ? services(failure) : caused(failure);
        }
        if (failure instanceof LinkageError || failure instanceof TypeNotPresentException) {
            return linkage(failure);
        }
        return new BrokenPluginException("it fails with " + failure, AUTHOR, failure);
    }

    /** What the services file says is wrong. */
    private static BrokenPluginException services(Throwable failure) {
        String said = failure.getMessage().replaceFirst("^.*?: ", "");
        return new BrokenPluginException(
                "%s is wrong: %s".formatted(PluginPlace.SERVICES, said),
                "It must name, one a line, public classes that are in the plugin, implement IedpPlugin and have a public "
                        + "constructor without parameters.",
                failure);
    }

    private static BrokenPluginException caused(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)) {
            return linkage(cause);
        }
        if (cause instanceof NoSuchMethodException) {
            return services(failure);
        }
        Throwable reason =
                cause instanceof ExceptionInInitializerError && cause.getCause() != null ? cause.getCause() : cause;
        String constructor = failure.getMessage().replaceFirst("^.*?: Provider (\\S+) .*$", "$1");
        return new BrokenPluginException(
                "the constructor of %s fails with %s".formatted(constructor, reason), AUTHOR, failure);
    }

    private static BrokenPluginException linkage(Throwable failure) {
        if (failure instanceof UnsupportedClassVersionError) {
            return new BrokenPluginException(
                    "it was built for a later Java than this one, %s: %s"
                            .formatted(Runtime.version().feature(), failure.getMessage()),
                    "Run IEDP with that Java, or build the plugin with --release %s."
                            .formatted(Runtime.version().feature()),
                    failure);
        }
        if (failure instanceof NoClassDefFoundError || failure instanceof TypeNotPresentException) {
            String name = failure instanceof TypeNotPresentException absent
                    ? absent.typeName()
                    : String.valueOf(failure.getMessage()).replace('/', '.');
            return new BrokenPluginException(
                    "it needs the class %s".formatted(name) + whose(name), remedy(name), failure);
        }
        if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
            return new BrokenPluginException("it fails with " + failure.getCause(), AUTHOR, failure);
        }
        return new BrokenPluginException(
                "it does not fit to this version of the API: %s".formatted(failure), OTHER_API, failure);
    }

    /** Whose class it is that cannot be found, continuing a sentence. */
    static String whose(String className) {
        if (SharedPackages.hostOnly(className)) {
            return ", which version %s of the API does not have".formatted(ApiVersion.CURRENT);
        }
        return isOurs(className)
                ? ", which is IEDP's own and not for plugins: they see the packages " + SharedPackages.LIST
                : ", which is neither in the plugin nor in the JDK";
    }

    static String remedy(String className) {
        if (SharedPackages.hostOnly(className)) {
            return OTHER_API;
        }
        return isOurs(className)
                ? AUTHOR
                : "Put the library that has it beside the plugin's jar, both in a folder of their own below the folder of plugins.";
    }

    private static boolean isOurs(String className) {
        return className.startsWith("io.iedp.");
    }
}
