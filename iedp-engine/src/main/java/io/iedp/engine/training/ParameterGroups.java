package io.iedp.engine.training;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.config.experiment.Experiment.ParameterGroup;
import io.iedp.config.experiment.Experiment.Training;
import io.iedp.io.text.Wildcards;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sorts trained parameters by the settings that they share. */
public final class ParameterGroups {
    private record Key(double rate, double decay) {}

    private ParameterGroups() {}

    /**
     * The groups that the optimizer gets. What a group of the experiment file freezes is in none, and needs no gradient any
     * more.
     *
     * @throws UserException if a group's pattern matches no parameter, or only such as an earlier one does
     */
    public static List<GroupedOptimizer.Group> of(Training training, Collection<Parameter> parameters) {
        Map<Key, List<NDArray>> groups = new LinkedHashMap<>();
        Set<ParameterGroup> matched = new HashSet<>();
        LayerDecay layers = new LayerDecay();
        for (Parameter parameter : parameters) {
            if (parameter.role() == Parameter.Role.TRAINED) {
                group(training, parameter).ifPresent(group -> layers.add(group, parameter.name()));
            }
        }
        for (Parameter parameter : parameters) {
            if (parameter.role() != Parameter.Role.TRAINED) {
                continue;
            }
            Optional<ParameterGroup> group = group(training, parameter);
            group.ifPresent(matched::add);
            double decay = group.flatMap(ParameterGroup::weightDecay)
                    .orElse(parameter.array().getShape().dimension() < 2 ? 0 : training.weightDecay());
            double rate = group.map(each -> each.learningRate() * layers.factor(each, parameter.name()))
                    .orElse(1.0);
            Key key = new Key(rate, decay);
            groups.computeIfAbsent(key, each -> new ArrayList<>()).add(parameter.array());
        }
        for (ParameterGroup group : training.groups()) {
            if (!matched.contains(group) && parameters.stream().noneMatch(each -> isFrozen(each, group))) {
                throw new UserException(
                        "training.groups: no trained parameter matches '%s' that an earlier group does not; there are %s"
                                .formatted(group.match(), prefixes(parameters)));
            }
        }
        groups.forEach((key, arrays) -> {
            if (key.rate() == 0) {
                arrays.forEach(array -> array.setRequiresGradient(false));
            }
        });
        return groups.entrySet().stream()
                .filter(each -> each.getKey().rate() > 0)
                .map(each -> new GroupedOptimizer.Group(
                        each.getValue(), each.getKey().rate(), each.getKey().decay()))
                .toList();
    }

    private static Optional<ParameterGroup> group(Training training, Parameter parameter) {
        return training.groups().stream()
                .filter(each -> matches(each.match(), parameter.name()))
                .findFirst();
    }

    /** A group that names what another key has frozen asks for nothing, and need not be taken out. */
    private static boolean isFrozen(Parameter parameter, ParameterGroup group) {
        return parameter.role() == Parameter.Role.FROZEN && matches(group.match(), parameter.name());
    }

    /** A star stands for anything. Names are no paths, so the globs of file systems are not for them. */
    private static boolean matches(String pattern, String name) {
        return Wildcards.matches(pattern, name);
    }

    /** The first two parts of the names, such as {@code backbone.unet.*}. */
    private static Set<String> prefixes(Collection<Parameter> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter.role() == Parameter.Role.TRAINED)
                .map(parameter -> parameter.name().replaceFirst("^([^.]+\\.[^.]+)\\..*", "$1.*"))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
