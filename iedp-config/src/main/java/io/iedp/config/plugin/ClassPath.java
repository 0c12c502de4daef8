package io.iedp.config.plugin;

import io.iedp.api.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Sees to it that the project's own jars on a class path belong together. */
final class ClassPath {
    private static final String OWN_JAR = "iedp-[a-z]+-.*(?<!-tests)\\.jar";

    private ClassPath() {}

    /**
     * @param classPath as in the system property {@code java.class.path}
     * @throws UserException naming the jars, if they are of several versions or one is there twice
     */
    static void check(String classPath) {
        Map<String, String> versions = new TreeMap<>();
        Map<String, Path> titles = new TreeMap<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (jar.getFileName() == null || !jar.getFileName().toString().matches(OWN_JAR)) {
                continue;
            }
            Attributes facts = manifest(jar);
            String title = facts.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
            String version = facts.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            if (title == null || version == null) {
                continue;
            }
            Path earlier = titles.put(title, jar);
            if (earlier != null && !earlier.equals(jar)) {
                throw new UserException("%s is on the class path twice: %s and %s. Leave one of them there."
                        .formatted(title, earlier, jar));
            }
            versions.put(jar.toString(), version);
        }
        if (versions.values().stream().distinct().count() > 1) {
            throw new UserException("The class path mixes versions of IEDP; take all from one:%n  %s"
                    .formatted(versions.entrySet().stream()
                            .map(each -> each.getValue() + "  " + each.getKey())
                            .collect(Collectors.joining("%n  ".formatted()))));
        }
    }

    private static Attributes manifest(Path jar) {
        try (JarFile opened = new JarFile(jar.toFile())) {
            Manifest manifest = opened.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException e) {
            throw new UserException("%s on the class path is no readable jar: %s".formatted(jar, e.getMessage()), e);
        }
    }
}
