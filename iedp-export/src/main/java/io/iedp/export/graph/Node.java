package io.iedp.export.graph;

import io.iedp.api.UserException;
import java.util.List;

/**
 * One operation.
 *
 * @param operation the name of the method of {@code NDArray} or {@code Kernels} that was called
 * @param arguments what it was called with, the array itself first
 * @param output the number of the array that it gives
 */
public record Node(String operation, List<Argument> arguments, int output) {
    public Node {
        arguments = List.copyOf(arguments);
    }

    /** The array that the argument at that place is. */
    public int array(int index) {
        return ((Argument.Array) arguments.get(index)).id();
    }

    public boolean isArray(int index) {
        return arguments.get(index) instanceof Argument.Array;
    }

    public List<Integer> arrays(int index) {
        return ((Argument.Arrays) arguments.get(index)).ids();
    }

    public List<Dimension> whole(int index) {
        return ((Argument.Whole) arguments.get(index)).values();
    }

    /**
     * Whole numbers that must be the same for all inputs.
     *
     * @throws UserException if they are not
     */
    public long[] constants(int index) {
        return whole(index).stream().mapToLong(this::constant).toArray();
    }

    /** One such number. */
    public long constant(int index) {
        return constant(whole(index).get(0));
    }

    private long constant(Dimension dimension) {
        if (!dimension.isConstant()) {
            throw new UserException(
                    "The operation '%s' takes the number %s, which depends on the size of the input; the graph can only have one that does not. A graph of one size (--size) can."
                            .formatted(operation, dimension));
        }
        return dimension.offset();
    }

    /** A number of either kind. */
    public double number(int index) {
        Argument argument = arguments.get(index);
        return argument instanceof Argument.Whole
                ? constant(index)
                : ((Number) ((Argument.Fixed) argument).value()).doubleValue();
    }

    public boolean flag(int index) {
        return (Boolean) ((Argument.Fixed) arguments.get(index)).value();
    }

    public Object fixed(int index) {
        return ((Argument.Fixed) arguments.get(index)).value();
    }
}
