package io.iedp.optim;

import io.iedp.api.optim.Schedule;
import java.util.OptionalDouble;

/** PyTorch's {@code OneCycleLR} in two phases, both along a cosine (Smith and Topin, 2018, in the form of fastai). */
record TorchOneCycle(TorchOneCycleConfig settings, int steps) implements Schedule {
    private static final double HIGHEST_MOMENTUM = 0.95;
    private static final double LOWEST_MOMENTUM = 0.85;

    @Override
    public double factor(int step) {
        double first = 1 / settings.divFactor();
        return cycle(step, first, 1, first / settings.finalDivFactor());
    }

    @Override
    public OptionalDouble momentum(int step) {
        return settings.cycleMomentum()
                ? OptionalDouble.of(cycle(step, HIGHEST_MOMENTUM, LOWEST_MOMENTUM, HIGHEST_MOMENTUM))
                : OptionalDouble.empty();
    }

    private double cycle(int step, double first, double middle, double last) {
        double turn = settings.pctStart() * steps - 1;
        double end = steps - 1.0;
        return step <= turn
                ? between(first, middle, turn == 0 ? 1 : step / turn)
                : between(middle, last, (step - turn) / (end - turn));
    }

    private static double between(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
}
