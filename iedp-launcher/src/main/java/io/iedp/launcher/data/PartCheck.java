package io.iedp.launcher.data;

import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.launcher.report.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Adds up what a check finds in one part of the data. */
public final class PartCheck {
    /** Depths are all that much smaller than the largest that counts when they are in another unit. */
    private static final double TINY = 0.02;
    /** At so large a share of depths that are beyond what counts, their unit is another. */
    private static final double MOSTLY = 0.5;

    private static final String SCALE =
            "Set max-depth, or depth-unit where the data set has that key and the unit of its maps is another.";

    private static final int SIZES = 100;

    private final String part;
    private final DatasetInfo info;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> pictures = new HashMap<>();
    private final Map<String, String> samples = new HashMap<>();
    private final Map<Integer, Long> pixels = new TreeMap<>();
    private final Map<Integer, Long> occurrences = new TreeMap<>();
    /** The first sample of each size. */
    private final Map<String, Integer> sizes = new TreeMap<>();

    private final List<String> duplicates = new ArrayList<>();
    private int count;
    private int usable;
    private int unlabelled;
    private int leastWidth = Integer.MAX_VALUE;
    private int leastHeight = Integer.MAX_VALUE;
    private int mostWidth;
    private int mostHeight;
    private SampleFacts.Depth depth =
            new SampleFacts.Depth(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0, 0);

    /**
     * @param part where an experiment file names it, as in {@code data.train}
     */
    public PartCheck(String part, DatasetInfo info) {
        this.part = part;
        this.info = info;
    }

    void add(SampleFacts facts) {
        int index = count++;
        if (facts.problem().isPresent()) {
            problems.add(facts.problem().get());
            return;
        }
        usable += facts.lack().isEmpty() ? 1 : 0;
        facts.lack().ifPresent(problems::add);
        leastWidth = Math.min(leastWidth, facts.width());
        leastHeight = Math.min(leastHeight, facts.height());
        mostWidth = Math.max(mostWidth, facts.width());
        mostHeight = Math.max(mostHeight, facts.height());
        sizes.putIfAbsent(facts.width() + " x " + facts.height(), index);
        pictures.putIfAbsent(facts.picture(), facts.name());
        String other = samples.putIfAbsent(facts.whole(), facts.name());
        if (other != null) {
            duplicates.add("%s is the same as %s".formatted(facts.name(), other));
        }
        facts.pixels().forEach((label, number) -> {
            pixels.merge(label, number, Long::sum);
            occurrences.merge(label, 1L, Long::sum);
        });
        unlabelled += facts.pixels().keySet().equals(Set.of(Raster.IGNORE)) ? 1 : 0;
        facts.depth().ifPresent(this::add);
    }

    private void add(SampleFacts.Depth one) {
        depth = new SampleFacts.Depth(
                Math.min(depth.least(), one.least()),
                Math.max(depth.largest(), one.largest()),
                depth.valid() + one.valid(),
                depth.beyond() + one.beyond(),
                depth.all() + one.all());
    }

    /** The indices of some samples, no two of one size. */
    IntStream oneOfEachSize() {
        return sizes.values().stream().mapToInt(Integer::intValue).sorted().limit(SIZES);
    }

    /** Adds a problem of the part as a whole. */
    void refuse(String problem) {
        problems.add(problem);
    }

    /** Looks at all that was added, and for pictures that another part has, too. */
    void finish(List<PartCheck> others) {
        for (PartCheck other : others) {
            List<String> shared = pictures.keySet().stream()
                    .filter(other.pictures::containsKey)
                    .map(picture -> pictures.get(picture) + " (" + other.pictures.get(picture) + " there)")
                    .sorted()
                    .toList();
            if (!shared.isEmpty()) {
                problems.add("%s pictures of %s are in %s, too: %s"
                        .formatted(shared.size(), part, other.part, some(shared)));
            }
        }
        if (!duplicates.isEmpty()) {
            notes.add("%s samples are there twice: %s".formatted(duplicates.size(), some(duplicates)));
        }
        if (unlabelled > 0) {
            notes.add("%s samples have no label that counts".formatted(unlabelled));
        }
        checkClasses();
        checkDepth();
    }

    private void checkClasses() {
        if (pixels.isEmpty()) {
            return;
        }
        List<String> unseen = new ArrayList<>();
        for (int label = 0; label < info.classes().size(); label++) {
            if (!pixels.containsKey(label)) {
                unseen.add(info.classes().get(label).name());
            }
        }
        if (unseen.size() == info.classes().size()) {
            problems.add(
                    "%s: no pixel has a label that counts. Look at reduce-zero-label, ignore and the folder of the label maps."
                            .formatted(part));
        } else if (!unseen.isEmpty()) {
            notes.add("%s of %s classes are on no picture: %s"
                    .formatted(unseen.size(), info.classes().size(), some(unseen)));
        }
    }

    private void checkDepth() {
        if (depth.all() == 0) {
            return;
        }
        if (depth.valid() == 0) {
            problems.add("%s: no pixel of the depth maps has a reading".formatted(part));
        } else if (depth.beyond() > MOSTLY * depth.valid()) {
            problems.add(String.format(
                    Locale.ROOT,
                    "%s: %s of the depths are beyond max-depth, %s m; the largest is %.1f m. %s",
                    part,
                    percent(depth.beyond(), depth.valid()),
                    info.maxDepth(),
                    depth.largest(),
                    SCALE));
        } else if (depth.largest() < TINY * info.maxDepth()) {
            problems.add(String.format(
                    Locale.ROOT,
                    "%s: the largest depth is %.4f m, but max-depth is %s m. %s",
                    part,
                    depth.largest(),
                    info.maxDepth(),
                    SCALE));
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Counts, sizes, classes and depths, as text. */
    String summary() {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("samples", number(count)));
        if (usable < count) {
            facts.add(List.of("cannot be used", number(count - usable)));
        }
        if (!sizes.isEmpty()) {
            facts.add(List.of("sizes", sizes()));
        }
        if (!pixels.isEmpty()) {
            long all = pixels.values().stream().mapToLong(Long::longValue).sum();
            facts.add(List.of("pixels that do not count", percent(pixels.getOrDefault(Raster.IGNORE, 0L), all)));
        }
        if (depth.valid() > 0) {
            facts.add(List.of("depth", String.format(Locale.ROOT, "%.3f to %.3f m", depth.least(), depth.largest())));
            facts.add(List.of("pixels with depth", percent(depth.valid(), depth.all())));
            facts.add(List.of("depths beyond max-depth", percent(depth.beyond(), depth.valid())));
        }
        return TextTable.of(List.of(part, ""), facts) + (pixels.isEmpty() ? "" : System.lineSeparator() + classes());
    }

    private String sizes() {
        return sizes.size() == 1
                ? sizes.keySet().iterator().next()
                : "%s x %s to %s x %s, %s different"
                        .formatted(leastWidth, leastHeight, mostWidth, mostHeight, sizes.size());
    }

    private String classes() {
        long counted = pixels.entrySet().stream()
                .filter(each -> each.getKey() != Raster.IGNORE)
                .mapToLong(Map.Entry::getValue)
                .sum();
        List<List<String>> rows = new ArrayList<>();
        for (int label = 0; label < info.classes().size(); label++) {
            ClassInfo each = info.classes().get(label);
            long number = pixels.getOrDefault(label, 0L);
            rows.add(List.of(
                    String.valueOf(label),
                    each.name(),
                    number(number),
                    percent(number, counted),
                    number(occurrences.getOrDefault(label, 0L))));
        }
        return TextTable.of(List.of("label", "class", "pixels", "share", "pictures"), rows);
    }

    private static String some(List<String> all) {
        int shown = 5;
        return String.join(", ", all.subList(0, Math.min(shown, all.size()))) + (all.size() > shown ? ", ..." : "");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String percent(long part, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.2f%%", 100.0 * part / all);
    }
}
