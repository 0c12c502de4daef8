package io.iedp.config;

import io.iedp.io.text.ShellWord;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML text as values with places; no object but text, numbers, lists and maps is ever made. */
final class YamlReader {
    private static final int DEPTH = 50;
    static final String TOO_DEEP = "maps and lists are nested more than %s deep".formatted(DEPTH);
    private static final int NODES = 100_000;
    private static final long BYTES = 1 << 20;
    private static final int LONGEST_KEY = 1000;
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final String source;
    private final List<Problem> problems;
    private List<String> lines = List.of();
    private int nodes;

    /** Of the value that was read last, in code points. */
    private int end;

    /**
     * @param source named in messages
     * @param problems what is found wrong is added here
     */
    YamlReader(String source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Of a scalar that has no tag in the text. */
    private static final Tag UNTAGGED = new Tag("untagged");

    /** Tags nothing by itself, so that every other tag is one that somebody wrote. */
    private static final class Untyped extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return switch (kind) {
                case sequence -> Tag.SEQ;
                case mapping -> Tag.MAP;
                default -> UNTAGGED;
            };
        }
    }

    /** Reads a file whose document is a map. */
    Optional<Value.Fields> read(Path file) {
        SourceLocation start = new SourceLocation(source, 0, 0, "");
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

    /**
     * Reads a value from where it is all that there is, as in an argument: in YAML if it begins with a bracket, a brace or a
     * quote, else as it stands, in which nothing is a comment.
     */
    Optional<Value> argument(String text) {
        String stripped = text.strip();
        if (!stripped.matches("(?s)[\\[{\"'].*")) {
            return Optional.of(new Value.Scalar(
                    new SourceLocation(source, 1, 1, ""), text, CoreSchema.resolve(stripped), true, ""));
        }
        List<Problem> found = new ArrayList<>();
        YamlReader reader = new YamlReader(source, found);
        Optional<Value> value = reader.value(stripped);
        int end = found.isEmpty() ? reader.end : beginningOfMore(found.get(0));
        if (end < 0 || end >= stripped.codePointCount(0, stripped.length())) {
            problems.addAll(found);
            return value;
        }
        problems.add(Problem.at(
                Rule.SYNTAX,
                new SourceLocation(source, 0, 0, ""),
                "",
                "after the value stands '%s', which is no part of it; in quotes the whole is text, in a shell: %s"
                        .formatted(
                                stripped.substring(stripped.offsetByCodePoints(0, end))
                                        .strip(),
                                ShellWord.quote(quoted(stripped)))));
        return Optional.empty();
    }

    /** Where something stands after a value that could only begin another document; negative if that is not the problem. */
    private static int beginningOfMore(Problem problem) {
        return problem.line() == 1 && problem.message().contains("'<document start>'") ? problem.column() - 1 : -1;
    }

    private static String quoted(String text) {
        return "\"%s\"".formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** Reads one value of any kind. */
    Optional<Value> value(String text) {
        lines = text.lines().toList();
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEPTH);
        options.setMaxAliasesForCollections(NODES);
        options.setProcessComments(false);
        // No tag makes an object here, so all can be read, and reported with their places.
        options.setTagInspector(tag -> true);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new Untyped());
        try {
            Node node = yaml.compose(new StringReader(text));
            if (node == null) {
                return Optional.of(Value.Scalar.plain(new SourceLocation(source, 1, 1, ""), ""));
            }
            end = node.getEndMark().getIndex();
            return Optional.of(convert(node, "", new ArrayList<>()));
        } catch (TooMuch e) {
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            problems.add(syntax(e));
            return Optional.empty();
        } catch (ReaderException e) {
            problems.add(Problem.at(
                    Rule.SYNTAX,
                    unprintable(text),
                    "",
                    String.format(
                            Locale.ROOT, "this is not YAML: the character U+%04X is not allowed", e.getCodePoint())));
            return Optional.empty();
        } catch (YAMLException e) {
            // SnakeYAML has no class of its own for this one, and no place.
            boolean deep = String.valueOf(e.getMessage()).contains("Nesting Depth");
            problems.add(
                    deep
                            ? Problem.at(Rule.TOO_COMPLEX, tooDeep(yaml, text), "", TOO_DEEP)
                            : Problem.at(
                                    Rule.SYNTAX,
                                    new SourceLocation(source, 0, 0, ""),
                                    "",
                                    "this is not YAML: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Problem syntax(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("another document")) {
            return Problem.at(
                    Rule.DOCUMENT,
                    place(e.getProblemMark()),
                    "",
                    "a second document begins here; an experiment file has one");
        }
        Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
        boolean unended = problem.contains("end of stream") || problem.contains("stream end");
        if (unended && e.getContextMark() != null) {
            // What was not ended is easier to find by its beginning.
            mark = e.getContextMark();
        }
        SourceLocation place = place(mark);
        return Problem.at(Rule.SYNTAX, place, "", "this is not YAML: " + explain(problem, e.getContext(), place));
    }

    private static String explain(String problem, String context, SourceLocation place) {
        if (problem.contains("TAB")) {
            return "a tab stands where only spaces may";
        }
        if (problem.contains("expected <block end>")) {
            return "this does not line up with what is above it";
        }
        return problem
                + (context == null ? "" : ", " + context)
                + (place.text().contains("${")
                        ? "; inside of {...} and [...], a reference needs quotes: \"${...}\""
                        : "");
    }

    private SourceLocation unprintable(String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!StreamReader.isPrintable(character) && !(i == 0 && character == BYTE_ORDER_MARK)) {
                // The line is not shown: what is no text may be any file, with what is secret in it.
                return new SourceLocation(source, line, column, "");
            }
            line += character == '\n' ? 1 : 0;
            column = character == '\n' ? 1 : column + 1;
        }
        return new SourceLocation(source, 0, 0, "");
    }

    private SourceLocation tooDeep(Yaml yaml, String text) {
        int depth = 0;
        for (Event event : yaml.parse(new StringReader(text))) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEPTH) {
                return place(event.getStartMark());
            }
        }
        return new SourceLocation(source, 0, 0, "");
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
                    "with its aliases written out, the file has more than %s values".formatted(NODES)));
            throw new TooMuch();
        }
        if (above.stream().anyMatch(each -> each == node)) {
            problems.add(Problem.at(
                    Rule.TOO_COMPLEX, place(node.getStartMark()), path, "this value contains itself through an alias"));
            throw new TooMuch();
        }
        if (above.size() >= DEPTH && !(node instanceof ScalarNode)) {
            problems.add(Problem.at(Rule.TOO_COMPLEX, place(node.getStartMark()), "", TOO_DEEP));
            throw new TooMuch();
        }
        SourceLocation place = place(node.getStartMark());
        checkTag(node, place, path);
        above.add(node);
        try {
            if (node instanceof ScalarNode scalar) {
                return scalar.isPlain() && !scalar.getTag().equals(Tag.STR)
                        ? Value.Scalar.plain(place, scalar.getValue())
                        : Value.Scalar.text(place, scalar.getValue());
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

    private Value fields(MappingNode node, SourceLocation place, String path, List<Node> above) {
        Map<String, Value.Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            SourceLocation key = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(Problem.at(Rule.UNSUPPORTED, key, path, "a key must be a word, not a list or map"));
                continue;
            }
            String text = name.getValue();
            if (text.length() > LONGEST_KEY) {
                problems.add(Problem.at(
                        Rule.TOO_COMPLEX,
                        key,
                        path,
                        "this key has %s letters; no key has more than %s".formatted(text.length(), LONGEST_KEY)));
                continue;
            }
            String full = path.isEmpty() ? text : path + "." + text;
            if (text.equals("<<") && name.isPlain()) {
                problems.add(
                        Problem.at(
                                Rule.UNSUPPORTED,
                                key,
                                full,
                                "merge keys are not part of YAML 1.2; write the keys out, with values such as ${data.train.root} where they are those of others"));
                continue;
            }
            Value.Field field = new Value.Field(key, convert(tuple.getValueNode(), full, above));
            Value.Field earlier = fields.put(text, field);
            if (earlier != null) {
                problems.add(Problem.at(
                        Rule.DUPLICATE_KEY,
                        key,
                        full,
                        "the key '%s' is already on line %s"
                                .formatted(text, earlier.key().line())));
            }
        }
        return new Value.Fields(place, fields);
    }

    private void checkTag(Node node, SourceLocation place, String path) {
        Tag tag = node.getTag();
        if (!List.of(UNTAGGED, Tag.STR, Tag.SEQ, Tag.MAP).contains(tag)) {
            problems.add(Problem.at(
                    Rule.UNSUPPORTED,
                    place,
                    path,
                    "the tag %s is not allowed; types follow from the keys, and quotes make text of anything"
                            .formatted(tag.getValue().replace(Tag.PREFIX, "!!"))));
        }
    }

    private SourceLocation place(Mark mark) {
        if (mark == null) {
            return new SourceLocation(source, 0, 0, "");
        }
        String text = mark.getLine() < lines.size() ? lines.get(mark.getLine()) : "";
        return new SourceLocation(source, mark.getLine() + 1, mark.getColumn() + 1, text);
    }
}
