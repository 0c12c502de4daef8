package io.iedp.config;

import io.iedp.config.experiment.Component;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes bound records as YAML that binds to equal records. */
final class ResolvedFile {
    private ResolvedFile() {}

    static String write(Record configuration) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(node(configuration), text);
        return text.toString();
    }

    private static Node node(Object value) {
        if (value instanceof Component component) {
            List<NodeTuple> tuples = new ArrayList<>();
            tuples.add(tuple("type", scalar(component.type())));
            tuples.addAll(tuples(component.configuration()));
            return map(tuples);
        }
        if (value instanceof Record configuration) {
            return map(tuples(configuration));
        }
        if (value instanceof List<?> items) {
            return new SequenceNode(
                    Tag.SEQ, items.stream().map(ResolvedFile::node).toList(), DumperOptions.FlowStyle.AUTO);
        }
        if (value instanceof Map<?, ?> entries) {
            return map(entries.entrySet().stream()
                    .map(entry -> tuple((String) entry.getKey(), node(entry.getValue())))
                    .toList());
        }
        if (value instanceof String || value instanceof Path) {
            return text(value.toString());
        }
        return plain(value instanceof Enum<?> constant ? Keys.of(constant) : String.valueOf(value));
    }

    private static List<NodeTuple> tuples(Record configuration) {
        List<NodeTuple> tuples = new ArrayList<>();
        for (RecordComponent component : configuration.getClass().getRecordComponents()) {
            Object value = value(component, configuration);
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(each -> tuples.add(tuple(Keys.of(component.getName()), node(each))));
            } else {
                tuples.add(tuple(Keys.of(component.getName()), node(value)));
            }
        }
        return tuples;
    }

    private static Object value(RecordComponent component, Record configuration) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(configuration);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NodeTuple tuple(String key, Node value) {
        return new NodeTuple(scalar(key), value);
    }

    private static Node map(List<NodeTuple> tuples) {
        return new MappingNode(
                Tag.MAP, tuples, tuples.isEmpty() ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK);
    }

    private static Node text(String text) {
        return scalar(text.replace("${", "$${"));
    }

    /** Text is quoted when it would be read as something else. */
    private static Node scalar(String text) {
        boolean safe = CoreSchema.resolve(text) instanceof String && text.matches("[\\p{L}\\p{N}._/-]+");
        return new ScalarNode(
                Tag.STR,
                text,
                null,
                null,
                safe ? DumperOptions.ScalarStyle.PLAIN : DumperOptions.ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node plain(String text) {
        Tag tag = CoreSchema.resolve(text) instanceof Boolean
                ? Tag.BOOL
                : CoreSchema.resolve(text) instanceof Long
                        ? Tag.INT
                        : CoreSchema.resolve(text) instanceof Double ? Tag.FLOAT : Tag.STR;
        return new ScalarNode(tag, text, null, null, DumperOptions.ScalarStyle.PLAIN);
    }
}
