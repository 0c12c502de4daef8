package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.conditioning.ClipPixels;
import io.iedp.conditioning.Fit;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of OpenAI's preprocessing: {@code NAME_u8_hwc} becomes {@code NAME_pixel_values}, of the size expected. */
public final class ClipPixelsVerifier implements Verifier {
    private static final String INPUT = "_u8_hwc";
    private static final String OUTPUT = "_pixel_values";

    /** The original resizes bytes, rounding twice, so a value may be one step of 1/255 off, over the deviation. */
    private static final Tolerance STEP = Tolerance.absolute(1.001 / 255 / ClipPixels.SMALLEST_DEVIATION);

    @Override
    public String kind() {
        return "clip-preprocess";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        recorded.inputs().forEach((name, image) -> {
            String own = name.replace(INPUT, OUTPUT);
            NDArray expected = recorded.expected().get(own);
            if (name.endsWith(INPUT) && expected != null) {
                int size = Math.toIntExact(expected.getShape().get(1));
                NDArray pixels = image.toType(DataType.FLOAT32, true)
                        .transpose(2, 0, 1)
                        .expandDims(0)
                        .div(255);
                ClipPixels resize = new ClipPixels(recorded.kernels(), recorded.manager(), size, Fit.CROP);
                computed.put(own, resize.apply(pixels).get(0));
            }
        });
        return computed;
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return new Comparison.Values(STEP);
    }
}
