package io.iedp.config;

import io.iedp.api.config.Secret;
import io.iedp.api.nn.WeightsPath;
import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.ConfigurationRecords;
import io.iedp.io.text.Secrets;
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
    /** What stands for values, by their paths. */
    private final Map<String, String> secrets;

    private ResolvedFile(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    /**
     * @param secrets what the file has in the place of values from the environment that it must not hold, by their paths; other
     *     secrets are masked
     */
    static String write(Record configuration, Map<String, String> secrets) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(new ResolvedFile(secrets).node(configuration, "", false), text);
        return text.toString();
    }

    /** A secret as it is shown: an address without what lets somebody in, anything else not at all. */
    static String masked(String secret) {
        return secret.contains("://") ? Secrets.mask(secret) : Secrets.MASK;
    }

    private Node node(Object value, String path, boolean secret) {
        if (value instanceof Component component) {
            List<NodeTuple> tuples = new ArrayList<>();
            tuples.add(tuple("type", scalar(component.type())));
            tuples.addAll(tuples(component.configuration(), path));
            return map(tuples);
        }
        if (value instanceof Record configuration) {
            return map(tuples(configuration, path));
        }
        if (value instanceof List<?> items) {
            List<Node> nodes = new ArrayList<>();
            for (Object item : items) {
                nodes.add(node(item, path + "." + nodes.size(), secret));
            }
            return new SequenceNode(Tag.SEQ, nodes, DumperOptions.FlowStyle.AUTO);
        }
        if (value instanceof Map<?, ?> entries) {
            return map(entries.entrySet().stream()
                    .map(entry -> tuple(
                            (String) entry.getKey(),
                            node(entry.getValue(), join(path, (String) entry.getKey()), secret)))
                    .toList());
        }
        if (secrets.containsKey(path)) {
            return scalar(secrets.get(path));
        }
        if (value instanceof WeightsPath weights) {
            return text(Secrets.mask(weights.pinned()));
        }
        if (value instanceof String || value instanceof Path) {
            return text(secret ? masked(value.toString()) : Secrets.mask(value.toString()));
        }
        return plain(value instanceof Enum<?> constant ? Keys.of(constant) : String.valueOf(value));
    }

    private List<NodeTuple> tuples(Record configuration, String path) {
        List<NodeTuple> tuples = new ArrayList<>();
        for (RecordComponent component : configuration.getClass().getRecordComponents()) {
            boolean secret = component.isAnnotationPresent(Secret.class);
            String key = Keys.of(component.getName());
            Object value = ConfigurationRecords.value(component, configuration);
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(each -> tuples.add(tuple(key, node(each, join(path, key), secret))));
            } else {
                tuples.add(tuple(key, node(value, join(path, key), secret)));
            }
        }
        return tuples;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
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
