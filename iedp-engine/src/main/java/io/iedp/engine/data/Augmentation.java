package io.iedp.engine.data;

import io.iedp.api.data.Sample;
import io.iedp.api.data.Transform;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.DataSeed;
import io.iedp.config.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The changes to training samples, with random choices that follow from the seed and the sample's turn alone. */
public record Augmentation(List<Transform> transforms, long seed) {
    public Augmentation {
        transforms = List.copyOf(transforms);
    }

    /** What the experiment file says in {@code data.augment}. */
    public static Augmentation of(Experiment experiment) {
        DataSeed context = DataSeed.ofTraining(experiment.seed());
        List<Transform> transforms = new ArrayList<>();
        for (Component transform : experiment.data().augment()) {
            transforms.add(transform.create(context));
        }
        return new Augmentation(transforms, experiment.seed());
    }

    /**
     * @param turn counts the samples of all epochs
     */
    public Sample apply(Sample sample, long turn) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + turn);
        Sample changed = sample;
        for (Transform transform : transforms) {
            changed = transform.apply(changed, random);
        }
        return changed;
    }
}
