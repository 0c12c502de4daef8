package io.iedp.export.record;

import io.iedp.api.UserException;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Dimension;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sizes of inputs that a model is tried with, and what follows of how its numbers change with them. First comes one
 * that the others are compared with, then one for each axis that is free, in which that axis alone is larger, and at last
 * one in which all of them are, which the rules that were found must hold for too.
 */
public final class Sizes {
    private final List<Axis> free;
    private final List<Map<Axis, Long>> tried = new ArrayList<>();

    private Sizes(Map<Axis, Long> base, Map<Axis, Long> larger, Map<Axis, Long> last) {
        this.free = List.copyOf(larger.keySet());
        tried.add(base);
        for (Axis axis : free) {
            Map<Axis, Long> each = new EnumMap<>(base);
            each.put(axis, larger.get(axis));
            tried.add(each);
        }
        if (!free.isEmpty()) {
            Map<Axis, Long> each = new EnumMap<>(base);
            each.putAll(last);
            tried.add(each);
        }
    }

    /**
     * Any number of pictures of any size.
     *
     * @param multiple of both edges
     */
    public static Sizes any(int multiple) {
        return new Sizes(
                sizes(1, 2L * multiple, 3L * multiple),
                sizes(2, 4L * multiple, 5L * multiple),
                sizes(3, 3L * multiple, 2L * multiple));
    }

    /** Any number of pictures of one size. */
    public static Sizes of(int height, int width) {
        return new Sizes(sizes(1, height, width), Map.of(Axis.BATCH, 2L), Map.of(Axis.BATCH, 3L));
    }

    private static Map<Axis, Long> sizes(long batch, long height, long width) {
        return new EnumMap<>(Map.of(Axis.BATCH, batch, Axis.HEIGHT, height, Axis.WIDTH, width));
    }

    List<Map<Axis, Long>> tried() {
        return tried;
    }

    /** A size of the input: itself where inputs may differ in it, or what it always is. */
    public Dimension dimension(Axis axis) {
        return free.contains(axis)
                ? Dimension.of(axis)
                : Dimension.of(tried.get(0).get(axis));
    }

    /** Sizes to compare the model and its graph with. */
    public List<Map<Axis, Long>> examples() {
        return List.of(tried.get(0), tried.get(1), tried.get(tried.size() - 1));
    }

    /**
     * The rule that a number follows.
     *
     * @param numbers what it was for each of the sizes
     * @param where the number is, for the message
     * @throws UserException if it follows none
     */
    Dimension solve(List<Long> numbers, String where) {
        long base = numbers.get(0);
        Set<Axis> axes = EnumSet.noneOf(Axis.class);
        for (int i = 0; i < free.size(); i++) {
            if (numbers.get(i + 1) != base) {
                axes.add(free.get(i));
            }
        }
        Dimension found = axes.isEmpty() ? Dimension.of(base) : rule(numbers, axes, where);
        for (int i = 0; i < tried.size(); i++) {
            if (!agrees(found, tried.get(i), numbers.get(i))) {
                throw none(numbers, where);
            }
        }
        return found;
    }

    private static boolean agrees(Dimension rule, Map<Axis, Long> sizes, long number) {
        try {
            return rule.at(sizes) == number;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** With {@code n = offset + c * product}, an axis that grows from s to t takes n from v to w: {@code offset = (w s - v t) / (s - t)}. */
    private Dimension rule(List<Long> numbers, Set<Axis> axes, String where) {
        long base = numbers.get(0);
        Map<Axis, Long> from = tried.get(0);
        Long offset = null;
        long product = 1;
        for (Axis axis : axes) {
            int index = free.indexOf(axis) + 1;
            long s = from.get(axis);
            long t = tried.get(index).get(axis);
            long scaled = numbers.get(index) * s - base * t;
            if (scaled % (s - t) != 0 || offset != null && offset != scaled / (s - t)) {
                throw none(numbers, where);
            }
            offset = scaled / (s - t);
            product *= s;
        }
        long factor = base - offset;
        long common = gcd(Math.abs(factor), product);
        return new Dimension(offset, factor / common, product / common, axes);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private UserException none(List<Long> numbers, String where) {
        return refusal("A number of %s is %s for inputs of the sizes %s, which is no rule that a graph can have."
                .formatted(where, numbers, tried));
    }

    /** Why a model cannot be a graph of these sizes; one size may help where there are many. */
    UserException refusal(String reason) {
        return new UserException(
                free.contains(Axis.HEIGHT)
                        ? reason + " With a size of its own (--size) the model can be exported."
                        : reason);
    }
}
