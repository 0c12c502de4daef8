package io.iedp.launcher.run;

/** The version of the program. */
public final class Version {
    private Version() {}

    /** As in {@code 1.2.3}; {@code development} when the program does not run from its jar. */
    public static String own() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
