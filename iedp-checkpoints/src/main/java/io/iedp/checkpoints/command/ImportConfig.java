package io.iedp.checkpoints.command;

import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import io.iedp.checkpoints.PublishedForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of {@code iedp import}. */
public record ImportConfig(
        @Positional("FILE") @Doc("The file that the authors offer, as in vpd.chkpt: of PyTorch's or safetensors.")
        Path file,

        @Doc("Whose model it is, and for what.") PublishedForm as,

        @Doc("The folder of the run to make; new, or empty.")
        Path to,

        @Doc(
                "The experiment file of such a model, whose data, protocol and names of classes the run gets; without it, the one that comes with IEDP.")
        Optional<Path> recipe,

        @Doc("Settings that override those of the recipe, as in data.root=/data/nyu.") @Default("[]")
        List<String> set,

        @Doc("Attention heads of each level of the UNet, which shapes do not tell.")
        @Default("8")
        @Range(min = 1, max = 1024)
        int heads,

        @Doc("Groups of the normalizations, likewise.") @Default("32") @Range(min = 1, max = 4096)
        int groups) {
    public ImportConfig {
        set = List.copyOf(set);
    }
}
