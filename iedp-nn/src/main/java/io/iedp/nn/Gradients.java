package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.function.Function;

/** Turns the recording of gradients on and off for the current thread, and runs it backwards. */
public final class Gradients {
    private static final ThreadLocal<Recording> INNERMOST = new ThreadLocal<>();

    private Gradients() {}

    /** While it is open, operations on this thread are recorded, or not; other threads have modes of their own. */
    public static final class Recording implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final Recording outer = INNERMOST.get();
        private final boolean before;
        private final Optional<Tape> tape;
        private final Optional<KeptBuffers> buffers;

        private Recording(boolean on) {
            DjlInternals djl = TorchRuntime.get().internals();
            before = JniUtils.isGradMode();
            tape = on ? Optional.of(new Tape()) : Optional.empty();
            buffers = on ? Optional.of(new KeptBuffers(djl)) : Optional.empty();
            INNERMOST.set(this);
            JniUtils.setGradMode(on);
        }

        /**
         * Gives the thread back the mode that it had, after closing what was opened within and is still open.
         *
         * @throws IllegalStateException on another thread than the one that opened it, which stays as it is
         */
        @Override
        public void close() {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException("A recording of thread '%s' cannot be closed by thread '%s'"
                        .formatted(thread.getName(), Thread.currentThread().getName()));
            }
            if (!isOpen()) {
                return;
            }
            while (INNERMOST.get() != this) {
                INNERMOST.get().close();
            }
            if (outer == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(outer);
            }
            try {
                tape.ifPresent(Tape::close);
            } finally {
                buffers.ifPresent(KeptBuffers::close);
                JniUtils.setGradMode(before);
            }
        }

        private boolean isOpen() {
            Recording each = INNERMOST.get();
            while (each != null && each != this) {
                each = each.outer;
            }
            return each != null;
        }
    }

    private static Optional<Tape> tape() {
        return Optional.ofNullable(INNERMOST.get()).flatMap(innermost -> innermost.tape);
    }

    /** Records until the result is closed. */
    public static Recording record() {
        return new Recording(true);
    }

    /** Records nothing until the result is closed. */
    public static Recording pause() {
        return new Recording(false);
    }

    /** Whether operations on this thread are recorded, and no block is run that is to be recorded later. */
    static boolean isRecording() {
        return tape().isPresent();
    }

    /** Adds the gradients of a scalar to those of the parameters that it was computed from. */
    public static void backward(NDArray scalar) {
        try (NDArray one = scalar.onesLike()) {
            backward(scalar, one);
        }
    }

    /** Goes on from the gradient of some later quantity with respect to the array. */
    public static void backward(NDArray array, NDArray gradient) {
        backwardHere(array, gradient);
        tape().ifPresent(Tape::backward);
    }

    /** Ends where the recording is cut. */
    static void backwardHere(NDArray array, NDArray gradient) {
        JniUtils.backward((PtNDArray) array, (PtNDArray) gradient, false, false);
    }

    /**
     * Runs a block whose insides are not kept for the backward pass but computed again in it: gradient checkpointing
     * (Chen et al., 2016). Without a recording, it just runs.
     *
     * @param block must depend on the inputs and on parameters alone, give the same result when it is run twice, and
     *     leave its inputs as they are
     * @param inputs whatever the block takes that gradients flow through; what also goes elsewhere must be {@link #cut}
     *     before, unless it is the result of a block
     */
    public static NDArray checkpoint(Function<NDList, NDArray> block, NDArray... inputs) {
        return checkpointAll(in -> new NDList(block.apply(in)), inputs).head();
    }

    /** {@link #checkpoint} for several results. */
    public static NDList checkpointAll(Function<NDList, NDList> block, NDArray... inputs) {
        return tape().map(tape -> tape.run(block, inputs)).orElseGet(() -> block.apply(new NDList(inputs)));
    }

    /**
     * The array that stands for another from here on, so that blocks and what is recorded as usual can share it: the way
     * back before it is gone once, when all that came after it is done. Without a recording, the array itself.
     */
    public static NDArray cut(NDArray array) {
        return tape().map(tape -> tape.cut(array)).orElse(array);
    }

    /** A new handle of the parameter's gradient, or empty when nothing has reached it; the caller closes it. */
    public static Optional<NDArray> of(NDArray parameter) {
        return Optional.ofNullable(JniUtils.getGradient((PtNDArray) parameter));
    }

    /**
     * Lets go of the parameter's gradient, which takes no pass over memory, as filling it with zeros and adding to those
     * would. The next gradient that reaches the parameter is the first.
     */
    public static void clear(NDArray parameter) {
        NDArray same = Scopes.unscoped(JniUtils.detachGradient((PtNDArray) parameter));
        same.setRequiresGradient(parameter.hasGradient());
        parameter.intern(same);
    }
}
