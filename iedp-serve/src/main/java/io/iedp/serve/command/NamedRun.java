package io.iedp.serve.command;

import io.iedp.api.UserException;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.run.RunNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run and what requests call it. */
record NamedRun(String name, Path folder) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern NAMED = Pattern.compile("(%s)=(.+)".formatted(NAME.pattern()));

    /**
     * @param arguments {@code RUN} or {@code NAME=RUN}
     * @throws UserException if one is no run, two have one name, or a name cannot be part of an address
     */
    static List<NamedRun> all(List<String> arguments, Catalog catalog) {
        List<NamedRun> runs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String each : arguments) {
            Matcher named = NAMED.matcher(each);
            String run = named.matches() ? named.group(2) : each;
            Path folder = RunNames.open(run, catalog).path();
            String name = named.matches() ? named.group(1) : standard(run, folder);
            if (!NAME.matcher(name).matches()) {
                throw new UserException("'%s' cannot be the name of a model in an address; name it, as in room=%s"
                        .formatted(name, run));
            }
            if (!names.add(name)) {
                throw new UserException(
                        "Two models would be called %s; name one of them, as in %s-2=%s".formatted(name, name, run));
            }
            runs.add(new NamedRun(name, folder));
        }
        return runs;
    }

    /** That of the folder; of a model that was unpacked, its own. */
    private static String standard(String run, Path folder) {
        if (RunNames.isUnpacked(run)) {
            return run.replaceFirst(".*://", "").replaceFirst("/.*", "");
        }
        Path absolute = folder.toAbsolutePath().normalize();
        return absolute.getFileName() == null ? "model" : absolute.getFileName().toString();
    }
}
