package example.torchscript;

import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.nio.file.Path;
import java.util.List;

/** What an experiment file says about the backbone. */
public record TorchScriptConfig(
        @Doc("The TorchScript file: it takes pixels (B, 3, H, W) from 0 to 1 and guidance (B, T, width), and gives a tuple of features.")
        Path file,

        @Doc("Width of the guidance that it takes.") @Range(min = 1, max = 65536)
        int contextWidth,

        @Doc("The features that it gives, fine to coarse.") @NotEmpty
        List<Level> levels) {
    public TorchScriptConfig {
        levels = List.copyOf(levels);
        for (int i = 1; i < levels.size(); i++) {
            if (levels.get(i).stride() % levels.get(i - 1).stride() != 0) {
                throw new IllegalArgumentException("levels: the stride %s is no multiple of the one before, %s"
                        .formatted(levels.get(i).stride(), levels.get(i - 1).stride()));
            }
        }
    }

    /** One of the features. */
    public record Level(
            @Doc("Its channels.") @Range(min = 1, max = 65536) int channels,

            @Doc("Pixels of the picture along an edge of one cell.") @Range(min = 1, max = 4096)
            int stride) {}
}
