package io.iedp.optim;

import java.util.List;

/** The two shares of exponential means, as files have them. */
final class Betas {
    private Betas() {}

    /**
     * @throws IllegalArgumentException if there are more or fewer
     */
    static List<Double> two(List<Double> betas) {
        if (betas.size() != 2) {
            throw new IllegalArgumentException(
                    "betas must be two numbers, as in [0.9, 0.99], but there are %s".formatted(betas.size()));
        }
        return List.copyOf(betas);
    }
}
