package io.iedp.heads;

import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import java.util.List;

/** What an experiment file says about the head {@code depth-decoder}. */
public record DepthDecoderConfig(
        @Doc("Channels of all levels after they are joined.") @Default("1536") @Range(min = 1, max = 65536)
        int channels,

        @Doc("Channels after each transposed convolution, each of which doubles the size.")
        @Default("[32, 32, 32]")
        @NotEmpty
        @Range(min = 1, max = 65536)
        List<Integer> filters,

        @Doc("Rows and columns of the transposed convolutions' kernels.") @Default("2") @Range(min = 2, max = 4)
        int kernel,

        @Doc("Channels of the last layers, at the full size.") @Default("192") @Range(min = 1, max = 65536)
        int outputChannels,

        @Doc(
                "Groups of the group normalizations, which must divide the channels of the joined and of the finer levels.")
        @Default("16")
        @Range(min = 1, max = 4096)
        int groups) {

    public DepthDecoderConfig {
        filters = List.copyOf(filters);
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    "channels is %s, which %s groups do not divide".formatted(channels, groups));
        }
    }
}
