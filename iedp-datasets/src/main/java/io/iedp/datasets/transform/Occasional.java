package io.iedp.datasets.transform;

import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import java.util.random.RandomGenerator;

/** Changes a share of the samples. */
interface Occasional extends Transform {
    /** The share, from 0 to 1. */
    double probability();

    Sample change(Sample sample, RandomGenerator random);

    @Override
    default Sample apply(Sample sample, RandomGenerator random) {
        return random.nextDouble() < probability() ? change(sample, random) : sample;
    }
}
