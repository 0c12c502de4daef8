package io.iedp.optim;

import io.iedp.api.optim.Schedule;

/** Half a wave of a cosine, several times (Loshchilov and Hutter, 2017, equation 5, with cycles of one length). */
record Cosine(int cycles, int steps) implements Schedule {
    @Override
    public double factor(int step) {
        // In whole numbers, since a cycle that has just begun must not be taken for one that ends.
        double done = (double) ((long) cycles * step % steps) / steps;
        return (1 + Math.cos(Math.PI * done)) / 2;
    }
}
