package io.iedp.launcher.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML text as values with places; no object but text, numbers, lists and maps is ever made. */
final class YamlReader {
    private static final int DEPTH = 50;
    private static final int NODES = 100_000;
    private static final long BYTES = 1 << 20;

    private final String source;
    private final List<Problem> problems;
    private List<String> lines = List.of();
    private int nodes;

    /**
     * @param source named in messages
     * @param problems what is found wrong is added here
     */
    YamlReader(String source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Tags nothing by itself, so that every other tag is one that somebody wrote. */
    private static final class Untyped extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return switch (kind) {
                case sequence -> Tag.SEQ;
                case mapping -> Tag.MAP;
                default -> Tag.STR;
            };
        }
    }

    /** Reads a file whose document is a map. */
    Optional<Value.Fields> read(Path file) {
        Place start = new Place(source, 0, 0, "");
        if (!Files.isRegularFile(file)) {
            problems.add(Problem.at(
                    Rule.UNREADABLE,
                    start,
                    "",
                    Files.isDirectory(file) ? "this is a folder, not a file" : "there is no such file"));
            return Optional.empty();
        }
        try {
            if (Files.size(file) > BYTES) {
                problems.add(Problem.at(
                        Rule.TOO_COMPLEX, start, "", "the file is larger than 1 MB, which no experiment file needs"));
                return Optional.empty();
            }
            return document(Files.readString(file));
        } catch (CharacterCodingException e) {
            problems.add(Problem.at(Rule.UNREADABLE, start, "", "the file is not UTF-8 text"));
            return Optional.empty();
        } catch (IOException e) {
            problems.add(Problem.at(Rule.UNREADABLE, start, "", "the file cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
    }

    Optional<Value.Fields> document(String text) {
        Optional<Value> value = value(text);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Value.Fields fields) {
            return Optional.of(fields);
        }
        problems.add(Problem.at(
                Rule.DOCUMENT,
                value.get().place(),
                "",
                value.get() instanceof Value.Scalar scalar && scalar.typed() == CoreSchema.Null.NULL
                        ? "the file is empty; it must be a map of keys and values"
                        : "the file must be a map of keys and values, but is "
                                + value.get().kind()));
        return Optional.empty();
    }

    /** Reads one value of any kind. */
    Optional<Value> value(String text) {
        lines = text.lines().toList();
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEPTH);
        options.setMaxAliasesForCollections(100);
        options.setProcessComments(false);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new Untyped());
        try {
            Node node = yaml.compose(new StringReader(text));
            if (node == null) {
                return Optional.of(new Value.Scalar(new Place(source, 1, 1, ""), "", CoreSchema.Null.NULL));
            }
            return Optional.of(convert(node, "", new ArrayList<>()));
        } catch (TooMuch e) {
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            boolean several = String.valueOf(e.getProblem()).contains("another document");
            boolean tag = String.valueOf(e.getProblem()).contains("tag");
            problems.add(Problem.at(
                    several ? Rule.DOCUMENT : tag ? Rule.UNSUPPORTED : Rule.SYNTAX,
                    place(mark),
                    "",
                    several
                            ? "a second document begins here; an experiment file has one"
                            : "this is not YAML: %s%s"
                                    .formatted(e.getProblem(), e.getContext() == null ? "" : ", " + e.getContext())));
            return Optional.empty();
        } catch (YAMLException e) {
            String message = String.valueOf(e.getMessage());
            boolean complex = message.contains("Nesting Depth") || message.contains("aliases");
            problems.add(Problem.at(
                    complex ? Rule.TOO_COMPLEX : Rule.SYNTAX,
                    new Place(source, 0, 0, ""),
                    "",
                    message.contains("Nesting Depth")
                            ? "maps and lists are nested more than %d deep".formatted(DEPTH)
                            : complex
                                    ? "there are more than 100 aliases of lists and maps"
                                    : "this is not YAML: "
                                            + message.lines().findFirst().orElse("")));
            return Optional.empty();
        }
    }

    /** Ends the reading of a file that grows without bound. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("ReferenceEquality") // an alias is the same node
    private Value convert(Node node, String path, List<Node> above) {
        if (++nodes > NODES) {
            problems.add(Problem.at(
                    Rule.TOO_COMPLEX,
                    place(node.getStartMark()),
                    path,
                    "the aliases of this file stand for more than %,d values".formatted(NODES)));
            throw new TooMuch();
        }
        if (above.stream().anyMatch(each -> each == node)) {
            problems.add(Problem.at(
                    Rule.TOO_COMPLEX, place(node.getStartMark()), path, "this value contains itself through an alias"));
            throw new TooMuch();
        }
        Place place = place(node.getStartMark());
        checkTag(node, place, path);
        above.add(node);
        try {
            if (node instanceof ScalarNode scalar) {
                return new Value.Scalar(
                        place,
                        scalar.getValue(),
                        scalar.isPlain() ? CoreSchema.resolve(scalar.getValue()) : scalar.getValue());
            }
            if (node instanceof SequenceNode sequence) {
                List<Value> values = new ArrayList<>();
                for (Node each : sequence.getValue()) {
                    values.add(convert(each, path + "." + values.size(), above));
                }
                return new Value.Items(place, List.copyOf(values));
            }
            return fields((MappingNode) node, place, path, above);
        } finally {
            above.remove(above.size() - 1);
        }
    }

    private Value fields(MappingNode node, Place place, String path, List<Node> above) {
        Map<String, Value.Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place key = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(Problem.at(Rule.UNSUPPORTED, key, path, "a key must be a word, not a list or map"));
                continue;
            }
            String text = name.getValue();
            String full = path.isEmpty() ? text : path + "." + text;
            if (text.equals("<<")) {
                problems.add(Problem.at(
                        Rule.UNSUPPORTED,
                        key,
                        full,
                        "merge keys are not part of YAML 1.2; use 'extends' or a reference"));
                continue;
            }
            Value.Field field = new Value.Field(key, convert(tuple.getValueNode(), full, above));
            Value.Field earlier = fields.put(text, field);
            if (earlier != null) {
                problems.add(Problem.at(
                        Rule.DUPLICATE_KEY,
                        key,
                        full,
                        "the key '%s' is already on line %d"
                                .formatted(text, earlier.key().line())));
            }
        }
        return new Value.Fields(place, fields);
    }

    private void checkTag(Node node, Place place, String path) {
        Tag tag = node.getTag();
        if (!tag.equals(Tag.STR) && !tag.equals(Tag.SEQ) && !tag.equals(Tag.MAP)) {
            problems.add(Problem.at(
                    Rule.UNSUPPORTED,
                    place,
                    path,
                    "the tag %s is not allowed; types follow from the keys, and quotes make text of anything"
                            .formatted(tag.getValue())));
        }
    }

    private Place place(Mark mark) {
        if (mark == null) {
            return new Place(source, 0, 0, "");
        }
        String text = mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
        return new Place(source, mark.getLine() + 1, mark.getColumn() + 1, text);
    }
}
