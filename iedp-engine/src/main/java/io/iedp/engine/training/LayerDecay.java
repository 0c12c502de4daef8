package io.iedp.engine.training;

import io.iedp.config.experiment.Experiment.ParameterGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learning rates that fall from block to block towards the input (Bao et al., BEiT, 2022): the last of n blocks has the factor
 * {@code decay}, the first {@code decay^n}.
 */
final class LayerDecay {
    /** A part of a name, with its number if it has one. */
    private static final Pattern BLOCK = Pattern.compile("[^.]*(\\.\\d+(?=\\.))?");

    private final Map<ParameterGroup, List<String>> blocks = new HashMap<>();

    /** Notes a parameter of a group; those of a model come in the order in which it has them. */
    void add(ParameterGroup group, String name) {
        List<String> known = blocks.computeIfAbsent(group, each -> new ArrayList<>());
        String block = block(group, name);
        if (!known.contains(block)) {
            known.add(block);
        }
    }

    /** The factor of one of the parameters that were noted. */
    double factor(ParameterGroup group, String name) {
        List<String> known = blocks.get(group);
        return Math.pow(group.layerDecay(), (double) known.size() - known.indexOf(block(group, name)));
    }

    private static String block(ParameterGroup group, String name) {
        int star = group.match().indexOf('*');
        String beginning = star < 0 ? "" : group.match().substring(0, star);
        String rest = name.startsWith(beginning) ? name.substring(beginning.length()) : name;
        Matcher matcher = BLOCK.matcher(rest);
        return matcher.lookingAt() ? matcher.group() : rest;
    }
}
