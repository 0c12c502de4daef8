package io.iedp.launcher.data;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.SampleCheck;
import io.iedp.engine.data.Augmentation;
import io.iedp.engine.data.BatchSizes;
import io.iedp.engine.data.Prefetch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads every sample of the parts of a data set and finds what would spoil a training, or end it. */
public final class DatasetCheck {
    private DatasetCheck() {}

    /** Hears how many samples are done. */
    @FunctionalInterface
    public interface Listener {
        void checked(int done, int of);
    }

    /**
     * What was found.
     *
     * @param summaries counts, sizes, classes and depths of each part, as text
     * @param problems what must be put right
     * @param notes what is unusual, but may be as it should be
     */
    public record Findings(List<String> summaries, List<String> problems, List<String> notes) {
        public Findings {
            summaries = List.copyOf(summaries);
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }
    }

    /**
     * A part of the data.
     *
     * @param check what training or evaluation asks of each of its samples
     * @param augmentation what must bring samples to one size; without it, they are not in batches of training
     */
    public record Part(Dataset dataset, SampleCheck check, Optional<Augmentation> augmentation) {}

    /**
     * @param parts by where an experiment file names them, as in {@code data.train}
     * @param workers threads
     */
    public static Findings of(Map<String, Part> parts, int workers, Listener listener) {
        int all =
                parts.values().stream().mapToInt(part -> part.dataset().size()).sum();
        int[] done = {0};
        Map<String, PartCheck> checks = new LinkedHashMap<>();
        parts.forEach((part, own) -> {
            Dataset dataset = own.dataset();
            PartCheck check = new PartCheck(part, dataset.info());
            checks.put(part, check);
            Prefetch.forEach(workers, dataset.size(), index -> SampleFacts.of(dataset, own.check(), index), facts -> {
                check.add(facts);
                listener.checked(++done[0], all);
            });
            own.augmentation()
                    .flatMap(change -> sizes(part, dataset, check, change))
                    .ifPresent(check::refuse);
        });
        List<PartCheck> before = new ArrayList<>();
        for (PartCheck check : checks.values()) {
            check.finish(before);
            before.add(check);
        }
        List<String> problems = new ArrayList<>(differences(parts));
        List<String> notes = new ArrayList<>();
        checks.forEach((part, check) -> {
            problems.addAll(check.problems());
            check.notes().forEach(note -> notes.add(part + ": " + note));
        });
        return new Findings(checks.values().stream().map(PartCheck::summary).toList(), problems, notes);
    }

    private static Optional<String> sizes(String part, Dataset dataset, PartCheck check, Augmentation augmentation) {
        try {
            return BatchSizes.problem(dataset, check.oneOfEachSize(), augmentation)
                    .map(problem -> part + ": " + problem);
        } catch (UserException e) {
            return Optional.of(
                    "%s: a sample cannot be changed as data.augment says: %s".formatted(part, e.getMessage()));
        }
    }

    private static List<String> differences(Map<String, Part> parts) {
        List<String> problems = new ArrayList<>();
        parts.forEach((part, own) -> {
            if (own.dataset().size() == 0) {
                problems.add("%s has no samples".formatted(part));
            }
        });
        if (parts.values().stream()
                        .map(own -> own.dataset().info().classNames())
                        .distinct()
                        .count()
                > 1) {
            problems.add("The parts have different classes");
        }
        return problems;
    }
}
