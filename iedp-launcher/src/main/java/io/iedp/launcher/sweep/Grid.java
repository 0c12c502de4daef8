package io.iedp.launcher.sweep;

import io.iedp.api.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All combinations of the values of some axes.
 *
 * @param axes those with several values; the last one changes fastest
 */
record Grid(List<Axis> axes, List<Combination> combinations) {
    private static final int LARGEST = 10_000;

    /**
     * @param variants set-ups by name; none if empty
     * @param settings {@code key.path=value,value...} each
     * @throws UserException if they make no grid
     */
    static Grid of(Map<String, List<String>> variants, List<String> settings) {
        List<Axis> all = new ArrayList<>();
        if (!variants.isEmpty()) {
            all.add(Axis.variants(variants));
        }
        for (String setting : settings) {
            Axis axis = Axis.parse(setting);
            if (all.stream().anyMatch(each -> each.name().equals(axis.name()))) {
                throw new UserException(
                        "%s is set twice; give all its values at once, as in seed=1,2,3".formatted(axis.name()));
            }
            if (axis.values().size() > 1
                    && (axis.name().equals("name") || axis.name().equals("output"))) {
                throw new UserException(
                        "%s: '%s' says where the sweep is, so it has one value".formatted(setting, axis.name()));
            }
            all.add(axis);
        }
        List<Combination> combinations = List.of(new Combination(Map.of(), List.of()));
        for (Axis axis : all) {
            combinations = times(combinations, axis);
        }
        return new Grid(all.stream().filter(Grid::isNamed).toList(), combinations);
    }

    private static boolean isNamed(Axis axis) {
        return axis.values().size() > 1 || axis.name().equals(Axis.VARIANT);
    }

    private static List<Combination> times(List<Combination> combinations, Axis axis) {
        if ((long) combinations.size() * axis.values().size() > LARGEST) {
            throw new UserException("These are more than %s runs".formatted(LARGEST));
        }
        List<Combination> product = new ArrayList<>();
        for (Combination combination : combinations) {
            axis.values().forEach((value, settings) -> {
                Map<String, String> values = new LinkedHashMap<>(combination.values());
                if (isNamed(axis)) {
                    values.put(axis.name(), value);
                }
                List<String> more = new ArrayList<>(combination.settings());
                more.addAll(settings);
                product.add(new Combination(values, more));
            });
        }
        return product;
    }
}
