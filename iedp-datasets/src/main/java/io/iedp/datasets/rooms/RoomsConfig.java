package io.iedp.datasets.rooms;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.Optional;

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
        boolean normals,

        @Doc(
                "Captions in one form, as in 'a bedroom with a bed, two chairs and a lamp', largest thing first (plain), or in many: things in random order, in several sentences or as a list, some with a colour, a size, how many there are or what stands next to them (varied), or mostly as lists that name the colour of each thing that a word fits (colors). Both of these write class names just as the class list does and have at most 22 words and punctuation marks, so that they fit 24 tokens of CLIP with its marks of begin and end.")
        @Default("plain")
        Captions captions,

        @Doc("Probability that a varied caption leaves out a thing that it could name; 0.1 unless given.")
        @Range(min = 0, max = 1)
        Optional<Double> dropNouns,

        @Doc(
                "How much rooms differ: plain has one form of most things; rich has several forms of each, more colours and patterns, light from windows and of any warmth, and cameras at more heights with wider and narrower views.")
        @Default("plain")
        Variety variety) {
    private static final double DROP = 0.1;

    public RoomsConfig {
        if (dropNouns.isPresent() && captions == Captions.PLAIN) {
            throw new IllegalArgumentException(
                    "drop-nouns leaves nouns out of varied captions, so it needs captions: varied or colors");
        }
    }

    double dropProbability() {
        return dropNouns.orElse(DROP);
    }

    /** How captions are worded. */
    public enum Captions {
        PLAIN,
        VARIED,
        COLORS
    }

    /** How much rooms differ. */
    public enum Variety {
        PLAIN,
        RICH
    }
}
