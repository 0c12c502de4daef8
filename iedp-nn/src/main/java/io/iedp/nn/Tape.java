package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one recording must compute again on its way back. The recording is cut into pieces: each block's result is the
 * start of a new piece, so that a piece holds no more than what one block needs.
 */
final class Tape implements AutoCloseable {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final IdentityHashMap<NDArray, NDArray> starts = new IdentityHashMap<>();

    /** Brings the gradient of its end to its starts. */
    private sealed interface Piece extends AutoCloseable {
        NDArray end();

        void backward(NDArray gradient);

        @Override
        default void close() {
            end().close();
        }
    }

    /** A block that was computed without a recording. */
    private record Block(Function<NDList, NDArray> computation, NDList inputs, NDArray end) implements Piece {
        @Override
        public void backward(NDArray gradient) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Gradients.backwardHere(computation.apply(inputs), gradient);
            }
        }
    }

    /** The way from what was recorded as usual to the start of a block. */
    private record Entry(NDArray recorded, NDArray zero, NDArray end) implements Piece {
        @Override
        public void backward(NDArray gradient) {
            Gradients.backwardHere(recorded, gradient);
        }

        @Override
        public void close() {
            recorded.close();
            zero.close();
            end.close();
        }
    }

    NDArray run(Function<NDList, NDArray> computation, NDArray... inputs) {
        NDList own = new NDList();
        for (NDArray input : inputs) {
            own.add(start(input));
        }
        NDArray end;
        try (Gradients.Recording off = Gradients.pause()) {
            end = kept(computation.apply(own));
        }
        end.setRequiresGradient(true);
        pieces.push(new Block(computation, own, end));
        NDArray view = end.reshape(end.getShape());
        starts.put(view, end);
        return view;
    }

    /** Goes on from the gradients that a backward pass has left at the ends of the last pieces. */
    void backward() {
        while (!pieces.isEmpty()) {
            try (Piece piece = pieces.pop()) {
                Optional<NDArray> gradient = Gradients.of(piece.end());
                gradient.ifPresent(piece::backward);
                gradient.ifPresent(NDArray::close);
            }
        }
        close();
    }

    @Override
    public void close() {
        pieces.forEach(Piece::close);
        pieces.clear();
        starts.clear();
    }

    private NDArray start(NDArray input) {
        return starts.computeIfAbsent(input, each -> {
            // Adding a recorded zero makes a way back even from what was never recorded, which cannot be told.
            NDArray zero = kept(each.getManager().create(0f));
            zero.setRequiresGradient(true);
            NDArray recorded = kept(each.add(zero));
            NDArray start = kept(JniUtils.detachGradient((PtNDArray) recorded));
            start.setRequiresGradient(true);
            pieces.push(new Entry(recorded, zero, start));
            return start;
        });
    }

    private static NDArray kept(NDArray array) {
        NDScope.unregister(array);
        return array;
    }
}
