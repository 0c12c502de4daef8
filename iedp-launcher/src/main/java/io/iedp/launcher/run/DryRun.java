package io.iedp.launcher.run;

import io.iedp.config.experiment.Experiment;
import io.iedp.engine.data.Advance;
import io.iedp.engine.model.ParameterSummary;
import io.iedp.engine.training.Session;
import io.iedp.launcher.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Builds the model and runs one batch, to see that an experiment would start. */
public final class DryRun {
    private DryRun() {}

    /**
     * The shapes and the parameters, as text.
     *
     * @param skipBad whether samples that cannot be read are passed over
     */
    public static String of(Experiment experiment, boolean skipBad) {
        try (Session session = Session.open(experiment.withDataInMemory(), skipBad, false, Advance.UNHEARD)) {
            List<List<String>> shapes = new ArrayList<>();
            session.shapes().forEach((name, shape) -> shapes.add(List.of(name, shape.toString())));
            List<List<String>> parts = new ArrayList<>();
            for (ParameterSummary part : session.parameters()) {
                parts.add(List.of(part.part(), number(part.trained()), number(part.frozen()), number(part.buffers())));
            }
            List<ParameterSummary> all = session.parameters();
            parts.add(List.of(
                    "in all",
                    number(all.stream().mapToLong(ParameterSummary::trained).sum()),
                    number(all.stream().mapToLong(ParameterSummary::frozen).sum()),
                    number(all.stream().mapToLong(ParameterSummary::buffers).sum())));
            String notes = session.notes().stream()
                    .map(note -> "Note: " + note + System.lineSeparator())
                    .collect(Collectors.joining());
            return "%s on %s%n%s%n%s%n%s%n"
                    .formatted(
                            experiment.name(),
                            session.device(),
                            notes,
                            TextTable.of(List.of("array", "shape"), shapes),
                            TextTable.of(List.of("parameters", "trained", "frozen", "buffers"), parts));
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
