package io.iedp.config.plugin;

import io.iedp.api.IedpPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What would fail or surprise once a plugin is installed, found without installing it.
 *
 * @param findings what is wrong, a report each; none when the plugin can be taken
 * @param components what it brings
 */
public record PluginCheck(List<String> findings, List<Installed> components) {
    private static final int LISTED = 5;

    public PluginCheck {
        findings = List.copyOf(findings);
        components = List.copyOf(components);
    }

    /**
     * Looks through the files, then loads the plugin beside those that come with the project.
     *
     * @param path a jar, a folder with its jars, or a folder of classes
     */
    public static PluginCheck of(Path path) {
        List<String> findings = new ArrayList<>();
        PluginPlace place = new PluginPlace(path);
        try {
            List<Path> parts = place.parts();
            for (Path part : parts) {
                packed(part, findings);
            }
            try (PluginClassLoader loader = place.open(PluginCheck.class.getClassLoader())) {
                for (Path part : parts) {
                    missing(part, loader, findings);
                }
            }
        } catch (BrokenPluginException e) {
            return new PluginCheck(List.of(e.getMessage()), List.of());
        } catch (IOException | UncheckedIOException e) {
            return new PluginCheck(List.of("%s cannot be read: %s.".formatted(path, e.getMessage())), List.of());
        }
        try (Catalog catalog = PluginLoader.load(List.of(place))) {
            catalog.broken().forEach(each -> findings.add(each.reason() + ". " + each.remedy()));
            List<Installed> components = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                catalog.all(kind).stream().filter(Installed::isThirdParty).forEach(components::add);
            }
            return new PluginCheck(findings, components);
        }
    }

    /** Classes that the host has and that must not come twice, and a services file of another name. */
    private static void packed(Path part, List<String> findings) throws IOException {
        Map<String, String> packers = new LinkedHashMap<>();
        packers.put("io/iedp/api/", "the API (iedp-api)");
        packers.put("io/iedp/io/", "the readers of files (iedp-io)");
        for (String module : List.of("nn", "config", "engine", "launcher")) {
            packers.put("io/iedp/" + module + "/", "the host (iedp-" + module + ")");
        }
        packers.put("ai/djl/pytorch/", "the engine (ai.djl.pytorch)");
        packers.put("ai/djl/ndarray/", "the array library (ai.djl:api)");
        packers.put("org/slf4j/", "the calls of the log (slf4j-api)");
        try (PluginFiles files = PluginFiles.of(part)) {
            Set<String> names = files.names();
            packers.forEach((prefix, what) -> {
                long count = names.stream()
                        .filter(name -> name.startsWith(prefix) && name.endsWith(".class"))
                        .count();
                if (count > 0) {
                    findings.add(
                            "%s packs %s classes of %s, which the host has already; they would be passed over. Give that dependency the scope 'provided'."
                                    .formatted(part.getFileName(), count, what));
                }
            });
            names.stream()
                    .filter(name ->
                            name.endsWith("/" + IedpPlugin.class.getName()) && !name.equals(PluginPlace.SERVICES))
                    .forEach(name ->
                            findings.add("%s has its services file at %s, where nothing looks for it. It belongs at %s."
                                    .formatted(part.getFileName(), name, PluginPlace.SERVICES)));
        }
    }

    /** Classes that the plugin's own code refers to and that will not be there; libraries may know what they never use. */
    private static void missing(Path part, ClassLoader loader, List<String> findings) throws IOException {
        Map<String, String> missing = new TreeMap<>();
        try (PluginFiles files = PluginFiles.of(part)) {
            Set<String> names = files.names();
            if (!names.contains(PluginPlace.SERVICES)) {
                return;
            }
            List<String> roots = roots(files);
            for (String name : names) {
                if (!name.endsWith(".class") || roots.stream().noneMatch(name::startsWith)) {
                    continue;
                }
                String own =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                try (InputStream in = files.open(name)) {
                    for (String each : ReferencedClasses.in(own, in)) {
                        if (!missing.containsKey(each) && !isThere(each, loader)) {
                            missing.put(each, own);
                        }
                    }
                } catch (IOException e) {
                    findings.add("%s. Build or copy it again.".formatted(e.getMessage()));
                }
            }
        }
        missing.entrySet().stream()
                .limit(LISTED)
                .forEach(each -> findings.add("%s refers to the class %s%s. %s"
                        .formatted(
                                each.getValue(),
                                each.getKey(),
                                Diagnosis.whose(each.getKey()),
                                Diagnosis.remedy(each.getKey()))));
        if (missing.size() > LISTED) {
            findings.add("%s more classes are missing in the same way.".formatted(missing.size() - LISTED));
        }
    }

    /** Where the plugin's own code is, in a jar that may have libraries too: the first two parts of its packages. */
    private static List<String> roots(PluginFiles files) throws IOException {
        try (InputStream services = files.open(PluginPlace.SERVICES)) {
            return new String(services.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> line.contains("."))
                    .map(line -> line.substring(0, line.lastIndexOf('.') + 1).replace('.', '/'))
                    .map(folder -> folder.replaceFirst("^([^/]+/[^/]+/).*$", "$1"))
                    .distinct()
                    .toList();
        }
    }

    private static boolean isThere(String name, ClassLoader loader) {
        ClassLoader whose = SharedPackages.hostOnly(name) ? PluginCheck.class.getClassLoader() : loader;
        try {
            return whose.getResource(name.replace('.', '/') + ".class") != null;
        } catch (RuntimeException e) {
            return false; // what can be no name
        }
    }
}
