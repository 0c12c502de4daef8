package io.iedp.export.graph;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole number that may depend on the sizes of the input: {@code offset + factor * product / divisor}, where the product is
 * of some of those sizes, each at most once.
 *
 * @param axes what the product is of; empty for a number that is always the same, which then is the offset
 */
public record Dimension(long offset, long factor, long divisor, Set<Axis> axes) {
    public Dimension {
        axes = axes.isEmpty() ? Set.of() : Set.copyOf(axes);
        if (axes.isEmpty() != (factor == 0) || divisor < 1) {
            throw new IllegalArgumentException("no dimension: %s * %s / %s".formatted(factor, axes, divisor));
        }
    }

    public static Dimension of(long value) {
        return new Dimension(value, 0, 1, Set.of());
    }

    public static Dimension of(Axis axis) {
        return new Dimension(0, 1, 1, EnumSet.of(axis));
    }

    public boolean isConstant() {
        return axes.isEmpty();
    }

    /** Whether it is one of the sizes itself. */
    public boolean is(Axis axis) {
        return equals(of(axis));
    }

    /**
     * The value for an input of those sizes.
     *
     * @throws ArithmeticException if it is no whole number
     */
    public long at(Map<Axis, Long> sizes) {
        if (isConstant()) {
            return offset;
        }
        long product = factor;
        for (Axis axis : axes) {
            product = Math.multiplyExact(product, sizes.get(axis));
        }
        if (product % divisor != 0) {
            throw new ArithmeticException("%s is no whole number for %s".formatted(this, sizes));
        }
        return offset + product / divisor;
    }

    /** As in {@code 2 * HEIGHT * WIDTH / 64 + 1}. */
    @Override
    public String toString() {
        if (isConstant()) {
            return Long.toString(offset);
        }
        String product = axes.stream().sorted().map(Axis::name).collect(Collectors.joining(" * "));
        return (factor == 1 ? "" : factor + " * ")
                + product
                + (divisor == 1 ? "" : " / " + divisor)
                + (offset == 0 ? "" : " + " + offset);
    }
}
