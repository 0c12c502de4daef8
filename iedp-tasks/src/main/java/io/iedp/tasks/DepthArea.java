package io.iedp.tasks;

/**
 * The parts of a picture that are predicted and measured.
 *
 * @param benchmark whether only the lower middle is predicted, {@link DepthCrop#benchmark}
 * @param crop what part of that is measured
 */
public record DepthArea(boolean benchmark, DepthCrop crop) {
    Area predicted(int height, int width) {
        return benchmark ? DepthCrop.benchmark(height, width) : new Area(0, height, 0, width);
    }

    Area measured(int height, int width) {
        Area outer = predicted(height, width);
        Area inner = crop.of(outer.height(), outer.width());
        return new Area(
                outer.top() + inner.top(),
                outer.top() + inner.bottom(),
                outer.left() + inner.left(),
                outer.left() + inner.right());
    }
}
