package io.iedp.config.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is in a jar or a folder of classes, by name with slashes. */
final class PluginFiles implements AutoCloseable {
    private final Path root;
    private final Optional<FileSystem> jar;

    private PluginFiles(Path root, Optional<FileSystem> jar) {
        this.root = root;
        this.jar = jar;
    }

    static PluginFiles of(Path part) throws IOException {
        if (Files.isDirectory(part)) {
            return new PluginFiles(part, Optional.empty());
        }
        FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + part.toUri()), Map.of());
        return new PluginFiles(jar.getPath("/"), Optional.of(jar));
    }

    Set<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(root.relativize(file).toString().replace('\\', '/')));
            return names;
        }
    }

    /**
     * @throws IOException also if the name, which a jar's own directory may have, can be none
     */
    InputStream open(String name) throws IOException {
        try {
            return Files.newInputStream(root.resolve(name));
        } catch (InvalidPathException e) {
            throw new IOException("'%s' cannot be the name of a file".formatted(e.getInput()), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (jar.isPresent()) {
            jar.get().close();
        }
    }
}
