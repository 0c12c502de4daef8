package io.iedp.config;

import io.iedp.api.UserException;
import io.iedp.io.file.UserPath;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a file and all that it extends, directly and further up. */
final class Inheritance {
    static final String EXTENDS = "extends";
    private static final int FILES = 100;

    /** Others are not even opened: messages show parts of files, and what is none of ours may be secret. */
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final List<Problem> problems;
    private final Optional<Path> library;
    private final Merging merging;
    private int files;
    private boolean complete = true;

    /**
     * @param library the folder of files to extend that come with IEDP
     */
    Inheritance(List<Problem> problems, Optional<Path> library) {
        this.problems = problems;
        this.library = library;
        this.merging = new Merging(problems);
    }

    /** Whether all that was extended could be read; if not, what seems to be missing may be there. */
    boolean isComplete() {
        return complete;
    }

    Optional<Value.Fields> read(Path file) {
        return read(file, List.of());
    }

    private Optional<Value.Fields> read(Path file, List<Path> below) {
        List<Path> chain = new ArrayList<>(below);
        chain.add(file);
        Optional<Value.Fields> own = new YamlReader(file.toString(), problems).read(file);
        if (own.isEmpty()) {
            return own;
        }
        Value.Field bases = own.get().fields().get(EXTENDS);
        Value merged = null;
        for (Value.Scalar base : bases(bases)) {
            Optional<Value.Fields> read = base(file, base, chain);
            complete &= read.isPresent();
            if (read.isPresent()) {
                merged = merged == null ? read.get() : merging.merge(merged, read.get(), "");
            }
        }
        Value.Fields rest = own.get().without(EXTENDS);
        return Optional.of((Value.Fields) (merged == null ? merging.plain(rest, "") : merging.merge(merged, rest, "")));
    }

    private List<Value.Scalar> bases(Value.Field field) {
        if (field == null) {
            return List.of();
        }
        List<Value> values = field.value() instanceof Value.Items items ? items.values() : List.of(field.value());
        List<Value.Scalar> files = new ArrayList<>();
        for (Value value : values) {
            if (value instanceof Value.Scalar scalar
                    && scalar.typed() instanceof String
                    && !scalar.text().isBlank()) {
                files.add(scalar);
            } else {
                complete = false;
                problems.add(Problem.at(
                        Rule.EXTENDS,
                        value.place(),
                        EXTENDS,
                        "must be the path of a file, or a list of such, but is " + value.kind()));
            }
        }
        return files;
    }

    /** Beside the file, or else where IEDP's own are. */
    private Path place(Path file, Path named) {
        Path beside = file.resolveSibling(named).normalize();
        return library.map(folder -> folder.resolve(named).normalize())
                .filter(own -> !Files.exists(beside) && Files.isRegularFile(own))
                .orElse(beside);
    }

    private Optional<Value.Fields> base(Path file, Value.Scalar named, List<Path> chain) {
        Path base;
        try {
            base = place(file, UserPath.of(named.text()));
        } catch (InvalidPathException | UserException e) {
            problems.add(Problem.at(Rule.EXTENDS, named.place(), EXTENDS, "this is no path: " + e.getMessage()));
            return Optional.empty();
        }
        if (chain.stream().anyMatch(each -> each.normalize().equals(base))) {
            problems.add(Problem.at(
                    Rule.EXTENDS,
                    named.place(),
                    EXTENDS,
                    "the files extend each other in a circle: %s"
                            .formatted(chain.stream().map(Path::toString).collect(Collectors.joining(" -> ")) + " -> "
                                    + base)));
            return Optional.empty();
        }
        if (!Files.isRegularFile(base)) {
            String elsewhere = library.map(folder -> ", nor one of that name in " + folder)
                    .orElse("; IEDP_CONFIGS, which names the folder of those that come with IEDP, is not set");
            problems.add(Problem.at(
                    Rule.EXTENDS,
                    named.place(),
                    EXTENDS,
                    "there is no file '%s' to extend%s".formatted(base, elsewhere)));
            return Optional.empty();
        }
        if (ENDINGS.stream().noneMatch(base.toString()::endsWith)) {
            problems.add(Problem.at(
                    Rule.EXTENDS,
                    named.place(),
                    EXTENDS,
                    "'%s' is no experiment file; its name must end in %s".formatted(base, String.join(", ", ENDINGS))));
            return Optional.empty();
        }
        if (++files > FILES) {
            problems.add(Problem.at(
                    Rule.TOO_COMPLEX, named.place(), EXTENDS, "more than %s files are extended".formatted(FILES)));
            return Optional.empty();
        }
        return read(base, chain);
    }
}
