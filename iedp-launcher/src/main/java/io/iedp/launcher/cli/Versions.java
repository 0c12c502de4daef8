package io.iedp.launcher.cli;

/** Versions of the program. */
final class Versions {
    private Versions() {}

    static String own() {
        String version = Versions.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
