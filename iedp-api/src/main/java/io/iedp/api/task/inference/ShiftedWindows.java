package io.iedp.api.task.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.Experimental;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.task.ForwardPass;

/**
 * A fixed number of windows, spread evenly from one end of the picture to the other, as in VPD's depth evaluation:
 * two of 480 in a width of 640 begin at 0 and 160. (VPD rounds the step down, so that with some numbers of windows the
 * last columns are in none; here the last window always ends with the picture.)
 *
 * @param count windows along each axis on which the picture is longer than a window; 1 takes pictures whole
 * @param size edge of a window; 0 is the shorter edge of the picture
 */
@Experimental
public record ShiftedWindows(int count, int size) {
    /**
     * @param batch of pixels (B, 3, H, W)
     * @return (B, outputs, H, W)
     * @throws UserException if so many windows do not cover the picture
     */
    public NDArray infer(ForwardPass pass, Batch batch) {
        if (count == 1) {
            return pass.of(batch);
        }
        Shape shape = batch.pixels().getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        int edge = edge(height, width);
        return Windows.average(pass, batch, edge, starts(height, edge), starts(width, edge));
    }

    /**
     * How many windows a picture of that size has.
     *
     * @throws UserException if so many windows do not cover the picture
     */
    public int passes(int height, int width) {
        int edge = edge(height, width);
        return count == 1 ? 1 : starts(height, edge).length * starts(width, edge).length;
    }

    private int edge(int height, int width) {
        return size == 0 ? Math.min(height, width) : size;
    }

    /** Where windows of that edge start along an edge of that length. */
    public int[] starts(int length, int edge) {
        if (length <= edge) {
            return new int[] {0};
        }
        int needed = (length + edge - 1) / edge;
        if (count < needed) {
            throw new UserException(
                    ("windows is %s, but so many windows of %s pixels leave gaps in a picture that is %s pixels long. "
                                    + "At least %s are needed.")
                            .formatted(count, edge, length, needed));
        }
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (int) ((long) i * (length - edge) / (count - 1));
        }
        return starts;
    }
}
