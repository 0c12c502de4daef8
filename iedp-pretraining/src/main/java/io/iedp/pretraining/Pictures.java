package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Pictures from the planes of their colours. */
public final class Pictures {
    private Pictures() {}

    /**
     * @param values (B, 3, H, W) from 0 to 1
     */
    public static List<RgbImage> of(NDArray values) {
        Shape shape = values.getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        float[] planes = values.toType(DataType.FLOAT32, false).toFloatArray();
        int size = 3 * height * width;
        List<RgbImage> pictures = new ArrayList<>();
        for (int first = 0; first < planes.length; first += size) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) Math.rint(planes[first + i % 3 * (size / 3) + i / 3] * 255);
            }
            pictures.add(new RgbImage(width, height, bytes));
        }
        return pictures;
    }
}
