package io.iedp.models;

import io.iedp.api.UserException;
import io.iedp.api.nn.WeightStore;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.file.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The models in IEDP's own jar. One that is asked for is unpacked, once for each version of it, since weights are read
 * from the pages of files.
 */
final class ShippedModels implements WeightStore {
    static final List<String> NAMES = List.of("rooms");

    private static final int DIGITS = 16;

    private final List<String> names;
    private final Supplier<Path> cache;

    ShippedModels() {
        this(NAMES, () -> CacheFolder.of(System.getenv(), System.getProperty("user.home", "")));
    }

    /**
     * @param names of folders beside this class
     * @param cache where they are unpacked
     */
    ShippedModels(List<String> names, Supplier<Path> cache) {
        this.names = names;
        this.cache = cache;
    }

    @Override
    public String scheme() {
        return "iedp";
    }

    @Override
    public Path locate(String name) {
        String[] parts = name.split("/", 2);
        if (!names.contains(parts[0])) {
            throw new UserException("There is no model iedp://%s; there %s %s"
                    .formatted(
                            parts[0],
                            names.size() == 1 ? "is" : "are",
                            names.stream().map(each -> "iedp://" + each).collect(Collectors.joining(", "))));
        }
        Sums sums = sums(parts[0]);
        String inside = parts.length == 1 ? "" : parts[1].replaceAll("/+$", "");
        if (!inside.isEmpty() && sums.byPath().keySet().stream().noneMatch(each -> isIn(each, inside))) {
            throw new UserException("The model iedp://%s has no '%s'; it has %s"
                    .formatted(
                            parts[0],
                            inside,
                            String.join(
                                    ", ",
                                    sums.byPath().keySet().stream()
                                            .map(each -> each.split("/")[0])
                                            .distinct()
                                            .toList())));
        }
        return unpacked(parts[0], sums).resolve(inside);
    }

    private static boolean isIn(String file, String inside) {
        return file.equals(inside) || file.startsWith(inside + "/");
    }

    private static Sums sums(String model) {
        return Sums.parse(new String(read(model + "/" + Sums.FILE), StandardCharsets.UTF_8));
    }

    private static byte[] read(String path) {
        try (InputStream in = ShippedModels.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new UserException("The jar of IEDP's models is damaged: it has no %s.".formatted(path));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UserException(
                    "The jar of IEDP's models is damaged: %s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private Path unpacked(String model, Sums sums) {
        Path versions = cache.get().resolve("models");
        Path version = versions.resolve(sums.digest().substring(0, DIGITS));
        Path folder = version.resolve(model);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(versions);
            Path part = versions.resolve(AtomicFiles.partName());
            try {
                unpack(model, sums, part.resolve(model));
                move(part, version);
            } finally {
                Folders.delete(part);
            }
        } catch (IOException e) {
            throw new UserException(
                    "The model iedp://%s cannot be unpacked to %s: %s. %s names another place for what can be made again."
                            .formatted(model, version, e, CacheFolder.VARIABLE),
                    e);
        }
        return folder;
    }

    private static void unpack(String model, Sums sums, Path to) throws IOException {
        for (Map.Entry<String, String> each : sums.byPath().entrySet()) {
            String path = model + "/" + each.getKey();
            byte[] bytes = read(path);
            if (!Sums.of(bytes).equals(each.getValue())) {
                throw new UserException("The jar of IEDP's models is damaged: %s has changed.".formatted(path));
            }
            Path file = to.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            AtomicFiles.write(file, bytes);
        }
    }

    /** Another process may have been faster. */
    private static void move(Path part, Path version) throws IOException {
        try {
            Files.move(part, version, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(version)) {
                throw e;
            }
        }
    }
}
