package io.iedp.conditioning;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.WeightParts;
import io.iedp.api.nn.WeightsPath;
import java.nio.file.Path;

/** The settings of {@code iedp nearest-captions}. */
public record NearestCaptionsConfig(
        @Doc("A transformers folder of CLIP, or a single file, with the image encoder's projection.")
        @WeightParts({"image_encoder", "text_encoder", "tokenizer"})
        WeightsPath weights,

        @Doc("The folder of the pictures; those in folders below it count too.")
        Path images,

        @Doc("The folder below it whose pictures lend their captions, as in training. A picture of its own gets the "
                + "caption of the nearest other one.")
        @NotEmpty
        String among,

        @Doc("The captions of those, by the names of the pictures: a JSON or a CSV file, as in the guidance caption.")
        Path captions,

        @Doc("The file to write, as in nearest.csv.") Path to,

        @Doc("How a picture becomes the square that CLIP takes: squeeze it or crop its middle.") @Default("squeeze")
        Fit fit) {}
