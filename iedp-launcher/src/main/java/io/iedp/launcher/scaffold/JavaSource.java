package io.iedp.launcher.scaffold;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The text of a Java class. */
final class JavaSource {
    private JavaSource() {}

    /** A class with the members of several that are alike but for imports and members. */
    static String merged(List<String> sources) {
        Set<String> imports = new TreeSet<>();
        sources.forEach(source ->
                source.lines().filter(line -> line.startsWith("import ")).forEach(imports::add));
        String first = sources.get(0);
        int body = body(first);
        String members = sources.stream()
                .map(source -> source.substring(body(source), source.lastIndexOf('}')))
                .collect(Collectors.joining("\n"));
        return first.substring(0, first.indexOf("import "))
                + String.join("\n", imports)
                + first.substring(first.indexOf('\n', first.lastIndexOf("\nimport ") + 1), body)
                + members
                + "}\n";
    }

    private static int body(String source) {
        return source.indexOf("{\n", source.indexOf(" class ")) + 2;
    }
}
