package io.iedp.verify.files;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import io.iedp.api.UserException;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.SafeTensors;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A recorded case on disk. */
public final class CaseFolder implements RecordedCase, AutoCloseable {
    private static final String META = "meta.json";
    private static final Pattern SIBLING = Pattern.compile("\\.\\./([A-Za-z0-9_-]+)");

    private final Path folder;
    private final ConfigFile meta;
    private final Kernels kernels;
    private final NDManager manager;
    private final Map<String, NDArray> inputs;
    private final Map<String, NDArray> expected;

    /**
     * Reads a case.
     *
     * @throws UserException if one of its files is damaged
     */
    public CaseFolder(Path folder, Kernels kernels, NDManager parent) {
        this.folder = folder;
        this.kernels = kernels;
        meta = ConfigFile.read(folder.resolve(META));
        manager = parent.newSubManager();
        try {
            inputs = read("inputs.safetensors");
            expected = read("expected.safetensors");
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * The case folders at or below the given ones, each with a {@code meta.json}, in order.
     *
     * @throws UserException if there is none at or below one of them
     */
    public static List<Path> find(List<Path> roots) {
        return roots.stream().flatMap(root -> find(root).stream()).distinct().toList();
    }

    private static List<Path> find(Path root) {
        if (!Files.isDirectory(root)) {
            throw new UserException((Files.exists(root) ? "%s is no folder" : "There is no folder %s").formatted(root));
        }
        try (Stream<Path> files = Files.find(root, 8, (path, facts) -> path.endsWith(META))) {
            List<Path> folders = files.map(Path::getParent).sorted().toList();
            if (folders.isEmpty()) {
                throw new UserException("There is no recorded case in %s: neither it nor a folder below it has a %s"
                        .formatted(root, META));
            }
            return folders;
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(root, e.getMessage()), e);
        }
    }

    /** The kind of the case in that folder. */
    public static String kind(Path folder) {
        return ConfigFile.read(folder.resolve(META)).string("kind");
    }

    private Map<String, NDArray> read(String name) {
        Path file = folder.resolve(name);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try (SafeTensors tensors = SafeTensors.open(file)) {
                tensors.names().forEach(each -> arrays.put(each, tensors.readAsStored(each, manager)));
            }
        }
        return arrays;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public List<Path> siblings() {
        Matcher names = SIBLING.matcher(meta.json().toString());
        return names.results()
                .map(name -> folder.toAbsolutePath().resolveSibling(name.group(1)))
                .distinct()
                .filter(Files::isDirectory)
                .toList();
    }

    @Override
    @SuppressWarnings("unchecked") // what Gson makes of any JSON object
    public Map<String, Object> meta() {
        return new Gson().fromJson(meta.json(), Map.class);
    }

    @Override
    public Map<String, NDArray> inputs() {
        return inputs;
    }

    @Override
    public Map<String, NDArray> expected() {
        return expected;
    }

    @Override
    public Tolerance tolerance() {
        return Tolerance.relative(Math.max(Tolerance.OUTPUT.relative(), 3 * meta.number("worst_err_rel_to_max", 0)));
    }

    @Override
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
