package io.iedp.config;

import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Installed;
import io.iedp.config.plugin.Kind;
import java.util.List;

/** Every key of experiment files and of the components that are installed, as a page in Markdown. */
public final class ReferencePage {
    private ReferencePage() {}

    /** The page of one kind. */
    public static String of(Catalog catalog, Kind kind) {
        StringBuilder page = new StringBuilder("# Reference: %s\n".formatted(kind.label()));
        for (Installed each : catalog.all(kind)) {
            page.append("\n").append(of(each));
        }
        return page.toString();
    }

    /** The keys of experiment files themselves. */
    public static String ofExperiments() {
        return "# Reference: experiment files\n\n" + table(Experiment.class);
    }

    /** One component. */
    public static String of(Installed component) {
        return "## %s `%s`\n\n%s\n\n%s"
                .formatted(
                        component.kind().label(),
                        component.type(),
                        component.factory().description(),
                        table(component.factory().configuration()));
    }

    private static String table(Class<? extends Record> configuration) {
        List<RecordSchema.Key> keys = RecordSchema.of(configuration).keys();
        if (keys.isEmpty()) {
            return "It has no keys.\n";
        }
        StringBuilder table = new StringBuilder("| key | type | default | range | meaning |\n|---|---|---|---|---|\n");
        for (RecordSchema.Key key : keys) {
            table.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            key.path(),
                            key.type(),
                            key.defaultValue().map("`%s`"::formatted).orElse(key.required() ? "required" : ""),
                            key.range().orElse(""),
                            key.doc().replace("|", "\\|")));
        }
        return table.toString();
    }
}
