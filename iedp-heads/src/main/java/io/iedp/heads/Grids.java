package io.iedp.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.nn.Kernels;
import java.util.List;

/** Sizes of features and what brings them to each other's. */
final class Grids {
    private Grids() {}

    static int height(NDArray x) {
        return Math.toIntExact(x.getShape().get(2));
    }

    static int width(NDArray x) {
        return Math.toIntExact(x.getShape().get(3));
    }

    /** Bilinear resize to the size of another array. */
    static NDArray resize(Kernels kernels, NDArray x, NDArray like) {
        Shape size = like.getShape();
        return x.getShape().slice(2).equals(size.slice(2)) ? x : kernels.resizeBilinear(x, height(like), width(like));
    }

    /**
     * How often the stride of a level doubles to that of a coarser one.
     *
     * @param head the type of the head that needs it
     * @throws UserException if it does not double to it
     */
    static int doublings(String head, List<FeatureLevel> levels, int fine, int coarse) {
        int ratio = levels.get(coarse).stride() / levels.get(fine).stride();
        if (Integer.bitCount(ratio) != 1
                || ratio * levels.get(fine).stride() != levels.get(coarse).stride()) {
            throw new UserException(
                    "The head %s needs features whose strides double, but the backbone's strides are %s."
                            .formatted(
                                    head,
                                    levels.stream().map(FeatureLevel::stride).toList()));
        }
        return Integer.numberOfTrailingZeros(ratio);
    }
}
