package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleOutline;
import io.iedp.datasets.transform.Window;
import io.iedp.io.image.ImageFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Samples whose pictures, label maps and depth maps are files. */
final class FileDataset implements Dataset {
    private final List<Entry> entries;
    private final MapFormat format;
    private final UnaryOperator<Sample> cut;
    private final List<String> problems;

    FileDataset(List<Entry> entries, MapFormat format) {
        this(entries, format, UnaryOperator.identity());
    }

    /**
     * Looks which files are there; none is read yet.
     *
     * @param cut cuts the part out of each sample that is used
     * @throws UserException if two samples have one name
     */
    FileDataset(List<Entry> entries, MapFormat format, UnaryOperator<Sample> cut) {
        this.entries = List.copyOf(entries);
        this.format = format;
        this.cut = cut;
        Map<String, Entry> names = new HashMap<>();
        MissingFiles missing = new MissingFiles();
        for (Entry entry : entries) {
            Entry other = names.putIfAbsent(entry.name(), entry);
            if (other != null) {
                throw new UserException(
                        other.image().equals(entry.image())
                                ? "%s is there twice. Take one of the two out of the list.".formatted(entry.image())
                                : "%s: there are two pictures that would be called '%s'. Rename one of them."
                                        .formatted(entry.image(), entry.name()));
            }
            missing.look("picture", entry.image());
            entry.labels().ifPresent(file -> missing.look("label map", file));
            entry.depth().ifPresent(file -> missing.look("depth map", file));
        }
        this.problems = missing.problems();
    }

    @Override
    public DatasetInfo info() {
        return format.info();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public Sample get(int index) {
        Entry entry = entries.get(index);
        return inMemory(
                entry.image(),
                () -> cut.apply(format.sample(
                        entry.name(),
                        bytes(entry.image()),
                        entry.labels().map(FileDataset::bytes),
                        entry.depth().map(FileDataset::bytes),
                        entry.texts())));
    }

    /**
     * What is made of a picture that could be read may still be too much.
     *
     * @throws UserException if memory runs out
     */
    static Sample inMemory(Path image, Supplier<Sample> making) {
        try {
            return making.get();
        } catch (OutOfMemoryError e) {
            throw new UserException(
                    "%s is too large, with what belongs to it, for the heap of %s MiB (-Xmx)"
                            .formatted(image, Runtime.getRuntime().maxMemory() >> 20),
                    e);
        }
    }

    @Override
    public Optional<SampleOutline> outline(int index) {
        Entry entry = entries.get(index);
        Set<String> targets = new HashSet<>();
        entry.labels().ifPresent(file -> targets.add(Sample.LABELS));
        entry.depth().ifPresent(file -> targets.add(Sample.DEPTH));
        return Optional.of(new SampleOutline(entry.name(), targets, entry.texts()));
    }

    private static StoredImage bytes(Path file) {
        return new StoredImage(file.toString(), ImageFiles.read(file));
    }

    /**
     * @param setting which asks for it
     * @throws UserException if the sample is too small
     */
    static Sample cut(Sample sample, Window window, String setting) {
        RgbImage image = sample.image();
        if (window.left() < 0
                || window.top() < 0
                || window.left() + window.width() > image.width()
                || window.top() + window.height() > image.height()) {
            throw new UserException("%s is %s x %s, too small to cut %s x %s at (%s, %s) out of it; see %s"
                    .formatted(
                            sample.name(),
                            image.width(),
                            image.height(),
                            window.width(),
                            window.height(),
                            window.left(),
                            window.top(),
                            setting));
        }
        return window.of(sample, 0);
    }
}
