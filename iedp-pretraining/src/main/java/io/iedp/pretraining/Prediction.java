package io.iedp.pretraining;

/**
 * What a diffusion model predicts about a noisy sample {@code x = a * original + s * noise}, where {@code a² + s² = 1}.
 * The names are diffusers'.
 */
public enum Prediction {
    /** The noise (Ho et al., 2020). */
    EPSILON("epsilon") {
        @Override
        double[] original(double a, double s, double[] x, double[] output) {
            return Sums.of(1 / a, x, -s / a, output);
        }

        @Override
        double[] noise(double a, double s, double[] x, double[] output) {
            return output;
        }
    },

    /** The velocity {@code a * noise - s * original} (Salimans and Ho, 2022). */
    V_PREDICTION("v_prediction") {
        @Override
        double[] original(double a, double s, double[] x, double[] output) {
            return Sums.of(a, x, -s, output);
        }

        @Override
        double[] noise(double a, double s, double[] x, double[] output) {
            return Sums.of(a, output, s, x);
        }
    },

    /** The original itself. */
    SAMPLE("sample") {
        @Override
        double[] original(double a, double s, double[] x, double[] output) {
            return output;
        }

        @Override
        double[] noise(double a, double s, double[] x, double[] output) {
            return Sums.of(1 / s, x, -a / s, output);
        }
    };

    private final String published;

    Prediction(String published) {
        this.published = published;
    }

    /** The name in diffusers' {@code scheduler_config.json}. */
    public String published() {
        return published;
    }

    /** The original that an output amounts to. */
    abstract double[] original(double a, double s, double[] x, double[] output);

    /** The noise that an output amounts to. */
    abstract double[] noise(double a, double s, double[] x, double[] output);
}
