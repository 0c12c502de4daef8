package io.iedp.pretraining;

import io.iedp.nn.ConfigFile;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** How the timesteps of a sampler lie among those of the training (Lin et al., 2024, table 2). */
enum Spacing {
    /** From the offset on, equally far apart; the last timestep of the training is left out. */
    LEADING {
        @Override
        double[] ascending(int count, int trained, int offset) {
            int apart = trained / count;
            return IntStream.range(0, count)
                    .mapToDouble(i -> (double) i * apart + offset)
                    .toArray();
        }
    },

    /** From the first to the last timestep, in fractions. */
    LINSPACE {
        @Override
        double[] ascending(int count, int trained, int offset) {
            double last = trained - 1;
            return IntStream.range(0, count)
                    .mapToDouble(i -> count == 1 ? 0 : i == count - 1 ? last : i * (last / (count - 1)))
                    .toArray();
        }
    },

    /** From the last timestep down, equally far apart. */
    TRAILING {
        @Override
        double[] ascending(int count, int trained, int offset) {
            // The difference as numpy.arange takes it, which decides about halves.
            double apart = trained - (trained - (double) trained / count);
            return IntStream.range(0, count)
                    .mapToDouble(i -> Math.rint(trained - (count - 1 - i) * apart) - 1)
                    .toArray();
        }
    };

    abstract double[] ascending(int count, int trained, int offset);

    /** What the file says. */
    static Spacing parse(ConfigFile file, Spacing otherwise) {
        file.expect("timestep_spacing", "leading", "linspace", "trailing");
        return valueOf(file.string("timestep_spacing", otherwise.name()).toUpperCase(Locale.ROOT));
    }

    /** So many timesteps, from the highest down. */
    double[] timesteps(int count, int trained, int offset) {
        double[] ascending = ascending(count, trained, offset);
        return IntStream.range(0, count)
                .mapToDouble(i -> ascending[count - 1 - i])
                .toArray();
    }

    /** The same for samplers whose last step ends where no further one begins: the lowest timestep is left out. */
    double[] timestepsWithoutEnd(int count, int trained, int offset) {
        return this == TRAILING
                ? timesteps(count, trained, offset)
                : Arrays.copyOf(timesteps(count + 1, trained, offset), count);
    }
}
