package io.iedp.pretraining;

/**
 * Classifier-free guidance (Ho and Salimans, 2022): a model is asked with and without the text, and goes further from the one
 * answer to the other.
 *
 * @param scale how far; 1 or less for none
 * @param rescale how much of the deviation of the answer with the text it is given back (Lin et al., 2024, section 3.4), from 0
 *     to 1
 */
public record ClassifierFreeGuidance(double scale, double rescale) {
    /** Whether the model is asked without the text, too. */
    public boolean isOn() {
        return scale > 1;
    }

    /**
     * @param without what the model gives without the text
     * @param with what it gives with the text
     */
    public double[] combine(double[] without, double[] with) {
        double[] guided = Sums.of(1 - scale, without, scale, with);
        return rescale == 0 ? guided : Sums.scaled(rescale * deviation(with) / deviation(guided) + 1 - rescale, guided);
    }

    private static double deviation(double... values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }
}
