package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What one recording must compute again on its way back. The recording is cut into pieces: each block's result is the
 * start of a new piece, so that a piece holds no more than what one block needs.
 */
final class Tape implements AutoCloseable {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final IdentityHashMap<NDArray, NDArray> starts = new IdentityHashMap<>();

    /** Brings the gradients of its ends to its starts. */
    private sealed interface Piece extends AutoCloseable {
        NDList ends();

        /**
         * @param gradients of those ends that one has reached, in the place of the end
         */
        void backward(List<Optional<NDArray>> gradients);

        @Override
        default void close() {
            ends().close();
        }
    }

    /** A block that was computed without a recording. */
    private record Block(Function<NDList, NDList> computation, NDList inputs, NDList ends) implements Piece {
        @Override
        public void backward(List<Optional<NDArray>> gradients) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDList again = computation.apply(inputs);
                if (again.size() == 1) {
                    Gradients.backwardHere(again.head(), gradients.get(0).orElseThrow());
                    return;
                }
                // One pass for all: a second would need what the first has let go of.
                NDArray product = IntStream.range(0, again.size())
                        .filter(i -> gradients.get(i).isPresent())
                        .mapToObj(i -> again.get(i).mul(gradients.get(i).get()).sum())
                        .reduce(NDArray::add)
                        .orElseThrow();
                Gradients.backwardHere(product, product.onesLike());
            }
        }
    }

    /** The way from what was recorded as usual to the start of a block. */
    private record Entry(NDArray recorded, NDArray zero, NDList ends) implements Piece {
        @Override
        public void backward(List<Optional<NDArray>> gradients) {
            Gradients.backwardHere(recorded, gradients.get(0).orElseThrow());
        }

        @Override
        public void close() {
            recorded.close();
            zero.close();
            ends.close();
        }
    }

    NDList run(Function<NDList, NDList> computation, NDArray... inputs) {
        NDList own = new NDList();
        for (NDArray input : inputs) {
            own.add(start(input));
        }
        NDList ends;
        try (Gradients.Recording off = Gradients.pause()) {
            ends = computation.apply(own);
        }
        ends.forEach(end -> Scopes.unscoped(end).setRequiresGradient(true));
        pieces.push(new Block(computation, own, ends));
        NDList results = new NDList();
        ends.forEach(end -> results.add(standIn(end)));
        return results;
    }

    /** An array in the place of another, for blocks and all else. */
    NDArray cut(NDArray array) {
        return standIn(start(array));
    }

    private NDArray standIn(NDArray start) {
        NDArray view = start.reshape(start.getShape());
        starts.put(view, start);
        return view;
    }

    /** Goes on from the gradients that a backward pass has left at the ends of the last pieces. */
    void backward() {
        while (!pieces.isEmpty()) {
            try (Piece piece = pieces.pop()) {
                List<Optional<NDArray>> gradients =
                        piece.ends().stream().map(Gradients::of).toList();
                if (gradients.stream().anyMatch(Optional::isPresent)) {
                    piece.backward(gradients);
                }
                gradients.forEach(gradient -> gradient.ifPresent(NDArray::close));
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
            NDArray zero = Scopes.unscoped(each.getManager().create(0f));
            zero.setRequiresGradient(true);
            NDArray recorded = Scopes.unscoped(each.add(zero));
            NDArray start = Scopes.unscoped(JniUtils.detachGradient((PtNDArray) recorded));
            start.setRequiresGradient(true);
            pieces.push(new Entry(recorded, zero, new NDList(start)));
            return start;
        });
    }
}
