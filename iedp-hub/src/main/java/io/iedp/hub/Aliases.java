package io.iedp.hub;

import io.iedp.io.file.TextFiles;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The short names that there are, by name. */
record Aliases(Map<String, Alias> byName) {
    private static final int COLUMNS = 6;

    /** Those of the table that comes with the program. */
    static Aliases standard() {
        return parse(TextFiles.resource(Aliases.class, "aliases.csv"));
    }

    /**
     * @param lines of which the first names the columns; no cell has a comma
     */
    static Aliases parse(List<String> lines) {
        Map<String, Alias> aliases = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells.length != COLUMNS) {
                throw new IllegalArgumentException("An alias has %s columns, not '%s'".formatted(COLUMNS, line));
            }
            Set<String> parts = new LinkedHashSet<>(List.of(cells[2].split(" ")));
            Optional<String> commit = Optional.of(cells[5]).filter(each -> !each.isEmpty());
            aliases.put(cells[0], new Alias(cells[0], cells[1], parts, cells[3], cells[4], commit));
        }
        return new Aliases(aliases);
    }

    Optional<Alias> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
