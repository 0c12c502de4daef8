package io.iedp.tasks.loss;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the loss {@code lovasz-hinge}. */
record LovaszHingeConfig(
        @Doc("Factor of this loss in the sum.") @Default("1") @Range(min = 0, max = 1e6)
        double weight,

        @Doc(
                "Whether each picture is taken by itself and the mean over the pictures is the loss, rather than all of a batch together.")
        @Default("false")
        boolean perImage) {}
