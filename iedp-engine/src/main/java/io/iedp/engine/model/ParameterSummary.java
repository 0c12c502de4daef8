package io.iedp.engine.model;

import io.iedp.nn.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many numbers one part of a model holds.
 *
 * @param part the first two parts of the names, such as {@code backbone.unet}
 * @param trained numbers that the optimizer changes
 * @param frozen numbers that stay
 * @param buffers numbers that are counted rather than trained
 */
public record ParameterSummary(String part, long trained, long frozen, long buffers) {
    public static List<ParameterSummary> of(Collection<Parameter> parameters) {
        Map<String, ParameterSummary> parts = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String part = part(parameter.name());
            parts.merge(part, one(part, parameter), ParameterSummary::plus);
        }
        return new ArrayList<>(parts.values());
    }

    /** The part that a parameter of some name is of. */
    static String part(String parameter) {
        String[] name = parameter.split("\\.", 3);
        return name[0].equals("head") ? name[0] : name[0] + "." + name[1];
    }

    private static ParameterSummary one(String part, Parameter parameter) {
        long size = parameter.array().size();
        return new ParameterSummary(
                part,
                parameter.role() == Parameter.Role.TRAINED ? size : 0,
                parameter.role() == Parameter.Role.FROZEN ? size : 0,
                parameter.role() == Parameter.Role.BUFFER ? size : 0);
    }

    private ParameterSummary plus(ParameterSummary other) {
        return new ParameterSummary(part, trained + other.trained, frozen + other.frozen, buffers + other.buffers);
    }
}
