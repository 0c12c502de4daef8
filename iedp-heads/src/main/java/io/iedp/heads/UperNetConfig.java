package io.iedp.heads;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.util.List;

/** What an experiment file says about the head {@code upernet}. */
public record UperNetConfig(
        @Doc("Channels of the pyramid and of the head.") @Default("512") @Range(min = 1, max = 65536)
        int channels,

        @Doc("Grids into whose cells the coarsest level is averaged: cells along an edge.")
        @Default("[1, 2, 3, 6]")
        @NotEmpty
        @Range(min = 1, max = 1024)
        List<Integer> poolScales,

        @Doc("Share of channels that are dropped before the last layer, in training.")
        @Default("0.1")
        @Range(min = 0, max = 0.99)
        double dropout,

        @Doc("Cross-attention maps of the backbone, beside the features.") @Default("{}")
        AttentionConfig attention,

        @Doc("A second, small head on one level, in training only.") @Default("{}")
        Auxiliary auxiliary) {

    public UperNetConfig {
        poolScales = List.copyOf(poolScales);
    }

    /** A head of plain convolutions on one level (Long et al., Fully Convolutional Networks, 2015). */
    public record Auxiliary(
            @Doc("Factor of its loss; 0 leaves it out.") @Default("0.4") @Range(min = 0, max = 1000)
            double weight,

            @Doc("The level that it is on, counted from the finest, which is 0.")
            @Default("2")
            @Range(min = 0, max = 255)
            int level,

            @Doc("Its channels.") @Default("256") @Range(min = 1, max = 65536)
            int channels,

            @Doc("Its convolutions of 3 x 3 before the last layer.") @Default("1") @Range(min = 1, max = 64)
            int convolutions,

            @Doc("Share of channels that are dropped before its last layer, in training.")
            @Default("0.1")
            @Range(min = 0, max = 0.99)
            double dropout) {

        /** No second head. */
        public static final Auxiliary NONE = new Auxiliary(0, 0, 1, 1, 0);
    }
}
