package io.iedp.config.experiment;

import io.iedp.api.data.DatasetContext;

/** The seed of data that is made at random. What is measured on has another than what is trained on: they share no sample. */
public record DataSeed(long seed) implements DatasetContext {
    public static DataSeed ofTraining(long seed) {
        return new DataSeed(seed);
    }

    public static DataSeed ofValidation(long seed) {
        return new DataSeed(seed + 1);
    }
}
