package io.iedp.export.graph;

import java.util.List;
import java.util.Map;

/**
 * What a model computes, operation by operation.
 *
 * @param inputs the numbers of the arrays that it is given, by name
 * @param constants by number
 * @param nodes in an order in which each comes after those that it needs
 * @param outputs the numbers of what it gives, by name
 * @param values what is known of all arrays, by number
 */
public record Graph(
        Map<String, Integer> inputs,
        Map<Integer, Constant> constants,
        List<Node> nodes,
        Map<String, Integer> outputs,
        Map<Integer, Value> values) {
    public Value value(int id) {
        return values.get(id);
    }
}
