package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Latents from noise, one picture's at a time. The model computes in 32 bits, guidance and sampler in 64.
 *
 * @param shape of the latents, (1, C, h, w)
 */
public record Denoising(NoisePredictor predictor, ClassifierFreeGuidance guidance, Shape shape, NDManager manager) {
    /**
     * @param sampler at its begin
     * @param noise gives standard normal numbers, as many as there are latents; first what the run starts from
     * @param with the text, (1, T, contextWidth)
     * @param without what stands for no text, of the same shape
     * @param progress is told the latents after each step
     * @return the latents after the last step
     * @throws UserException if the model gives what is no number
     */
    public double[] run(
            Sampler sampler, Supplier<double[]> noise, NDArray with, NDArray without, Consumer<double[]> progress) {
        double[] latents = Sums.scaled(sampler.initialNoise(), noise.get());
        for (double timestep : sampler.timesteps()) {
            double[] output = ask(sampler.input(latents), timestep, with, without);
            latents = sampler.step(output, latents, noise);
            if (Arrays.stream(latents).anyMatch(each -> !Double.isFinite(each))) {
                throw new UserException(
                        "At timestep %s the model gives what is no number. Its weights, what it predicts (prediction) and the sampler do not fit together."
                                .formatted(timestep));
            }
            progress.accept(latents);
        }
        return latents;
    }

    private double[] ask(double[] input, double timestep, NDArray with, NDArray without) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray latents = latents(input);
            double[] timesteps = {timestep};
            if (!guidance.isOn()) {
                return doubles(predictor.predict(latents, timesteps, with));
            }
            NDArray both = NDArrays.concat(new NDList(latents, latents));
            double[] outputs = doubles(predictor.predict(both, timesteps, NDArrays.concat(new NDList(without, with))));
            int each = outputs.length / 2;
            return guidance.combine(Arrays.copyOf(outputs, each), Arrays.copyOfRange(outputs, each, outputs.length));
        }
    }

    /** Latents as an array of the model's device. */
    public NDArray latents(double... values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return manager.create(narrow, shape);
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
