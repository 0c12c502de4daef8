package io.iedp.datasets.rooms;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;

/** What an experiment file says about the data set {@code rooms}. */
public record RoomsConfig(
        @Doc("Number of rooms.") @Default("200") @Range(min = 1, max = 1e9)
        int count,

        @Doc("Number of the first room; parts that do not overlap share no room.")
        @Default("0")
        @Range(min = 0, max = 1e9)
        int start,

        @Doc("Width of a picture, in pixels.") @Default("160") @Range(min = 8, max = 8192)
        int width,

        @Doc("Height of a picture, in pixels.") @Default("128") @Range(min = 8, max = 8192)
        int height,

        @Doc(
                "Whether each picture comes with a phrase that fits one visible thing, such as the nearest chair, and its mask: what referring-segmentation learns from.")
        @Default("false")
        boolean refer,

        @Doc("Whether each picture comes with the directions that its surfaces face, as the target 'normals'.")
        @Default("false")
        boolean normals) {}
