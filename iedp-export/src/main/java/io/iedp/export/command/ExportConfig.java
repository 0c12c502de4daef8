package io.iedp.export.command;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.export.Exportable;
import io.iedp.export.onnx.Pixels;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of {@code iedp export}. */
public record ExportConfig(
        @Positional("MODEL")
        @Doc(
                "The folder of a run, the name of a model that comes with IEDP, as in rooms, or an experiment file, whose weights then are those that it names.")
        String model,

        @Doc("The file to write, as in model.onnx.") Path to,

        @Doc(
                "What is exported: all from pictures to predictions, or the backbone alone, from latents and the guidance's tokens to features.")
        @Default("model")
        Exportable.Part part,

        @Doc(
                "The one size that pictures then must have, as in 640x480; without it, they may have any that the backbone divides.")
        Optional<String> size,

        @Doc("How pictures come in: floats from 0 to 1, (B, 3, H, W), or bytes, (B, H, W, 3).") @Default("float")
        Pixels pixels,

        @Doc("Write weights and compute in 16 bits.") @Default("false")
        boolean fp16,

        @Doc("Take the weights that were the best in training, not the last ones.") @Default("false")
        boolean best,

        @Doc("Run the file in ONNX Runtime on pictures of three sizes and compare with the model.") @Default("false")
        boolean check) {}
