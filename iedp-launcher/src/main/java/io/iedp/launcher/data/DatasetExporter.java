package io.iedp.launcher.data;

import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.Folders;
import io.iedp.io.image.ImageFiles;
import io.iedp.io.text.Csv;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Writes data sets in the layout of ADE20K: {@code images/training/NAME.jpg}, {@code
 * annotations/training/NAME.png} with 0 for nothing and 1 for the first class, the same for {@code
 * validation}, and beside them {@code classes.txt}, {@code captions.csv} and 16-bit depth maps in
 * millimetres. A file {@code export.txt}, written last, says what was exported: without it, an export is
 * unfinished and is done again.
 */
public final class DatasetExporter {
    private static final String BEGUN = "export.begun";
    private static final String DONE = "export.txt";
    private static final List<String> PARTS = List.of("images", "annotations", "depth");
    private static final double MILLIMETRE = 0.001;
    /** Labels are written one higher, and 255 stands for nothing when they are read. */
    private static final int MOST_CLASSES = 254;

    private final Path folder;
    private final Listener listener;

    /** Hears how far an export is. */
    @FunctionalInterface
    public interface Listener {
        void written(int done, int of);
    }

    public DatasetExporter(Path folder, Listener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Whether exactly this was exported already. */
    public boolean isDone(String description) {
        try {
            return Files.isRegularFile(folder.resolve(DONE))
                    && Files.readString(folder.resolve(DONE)).equals(description);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes both parts, over those of an earlier export.
     *
     * @param description of what is exported, for {@link #isDone}
     * @throws UserException if the folder holds something else, or another process is writing there
     */
    public void export(Dataset training, Dataset validation, String description) {
        checkClasses(training.info().classNames(), validation.info().classNames());
        try {
            refuseOthersData();
            Files.createDirectories(folder);
            try (FileChannel begun =
                    FileChannel.open(folder.resolve(BEGUN), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(begun);
                write(training, validation, description);
            }
        } catch (IOException e) {
            throw new UserException("The data cannot be written to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static void checkClasses(List<String> training, List<String> validation) {
        if (!training.equals(validation)) {
            throw new UserException("The parts of an export must have the same classes, but have %s and %s"
                    .formatted(training, validation));
        }
        if (training.size() > MOST_CLASSES) {
            throw new UserException("8-bit label maps can tell only %s classes and nothing apart, but there are %s"
                    .formatted(MOST_CLASSES, training.size()));
        }
    }

    private void refuseOthersData() throws IOException {
        if (!Files.exists(folder.resolve(BEGUN)) && !Folders.isFree(folder)) {
            throw new UserException(
                    "%s is not empty, and nothing says that an export made it. Choose another folder, or remove it."
                            .formatted(folder));
        }
    }

    private void lock(FileChannel begun) throws IOException {
        FileLock lock;
        try {
            lock = begun.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new UserException(
                    "Data is being written to %s right now. Wait until that is done.".formatted(folder));
        }
    }

    private void write(Dataset training, Dataset validation, String description) throws IOException {
        Files.deleteIfExists(folder.resolve(DONE));
        for (String part : PARTS) {
            Folders.delete(folder.resolve(part));
        }
        int all = training.size() + validation.size();
        List<List<String>> captions = new ArrayList<>();
        captions.add(List.of("name", Sample.SCENE, Sample.CAPTION));
        captions.addAll(write("training", training, 0, all));
        captions.addAll(write("validation", validation, training.size(), all));
        AtomicFiles.write(folder.resolve("captions.csv"), Csv.text(captions));
        AtomicFiles.write(folder.resolve("classes.txt"), classes(training.info().classes()));
        AtomicFiles.write(folder.resolve(DONE), description);
    }

    /** The rows of the captions. */
    private List<List<String>> write(String split, Dataset dataset, int before, int all) throws IOException {
        for (String part : PARTS) {
            Files.createDirectories(folder.resolve(part).resolve(split));
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
                    Thread thread = new Thread(task, "export");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        try {
            Set<String> names = ConcurrentHashMap.newKeySet();
            List<Future<List<String>>> rows = new ArrayList<>();
            for (int i = 0; i < dataset.size(); i++) {
                int index = i;
                rows.add(workers.submit((Callable<List<String>>) () -> write(split, dataset.get(index), names)));
            }
            List<List<String>> written = new ArrayList<>();
            for (Future<List<String>> row : rows) {
                written.add(await(row));
                listener.written(before + written.size(), all);
            }
            return written;
        } finally {
            stop(workers);
        }
    }

    /** Waits for samples that are half done: what comes next may write to the same folder. */
    private static void stop(ExecutorService workers) {
        workers.shutdownNow();
        try {
            workers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in an export", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private List<String> write(String split, Sample sample, Set<String> names) {
        String name = sample.name();
        if (!names.add(name)) {
            throw new UserException("The %s data has two samples with the name %s".formatted(split, name));
        }
        ImageFiles.writeJpeg(sample.image(), path("images", split, name + ".jpg"));
        Raster labels = sample.targets().get(Sample.LABELS);
        if (labels != null) {
            ImageFiles.writeLabels(shifted(labels), path("annotations", split, name + ".png"));
        }
        Raster depth = sample.targets().get(Sample.DEPTH);
        if (depth != null) {
            ImageFiles.writeDepth(depth, MILLIMETRE, path("depth", split, name + ".png"));
        }
        return List.of(
                split + "/" + name,
                sample.texts().getOrDefault(Sample.SCENE, ""),
                sample.texts().getOrDefault(Sample.CAPTION, ""));
    }

    private Path path(String part, String split, String name) {
        return folder.resolve(part).resolve(split).resolve(name);
    }

    /** 0 is nothing, 1 the first class. */
    private static Raster shifted(Raster labels) {
        float[] values = new float[labels.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = labels.values()[i] == Raster.IGNORE ? 0 : labels.values()[i] + 1;
        }
        return Raster.labels(labels.width(), labels.height(), values);
    }

    private static String classes(List<ClassInfo> classes) {
        StringBuilder lines = new StringBuilder();
        classes.forEach(each -> lines.append(String.format(Locale.ROOT, "%s, #%06x\n", each.name(), each.color())));
        return lines.toString();
    }
}
