package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.function.Function;

/** Turns the recording of gradients on and off for the current thread, and runs it backwards. */
public final class Gradients {
    private static final ThreadLocal<Tape> TAPE = new ThreadLocal<>();

    private Gradients() {}

    /** While it is open, operations on this thread are recorded. */
    public static final class Recording implements AutoCloseable {
        private final boolean before;
        private final Tape tapeBefore = TAPE.get();
        private final Optional<KeptBuffers> buffers;

        private Recording(boolean on) {
            Torch.engine();
            before = JniUtils.isGradMode();
            JniUtils.setGradMode(on);
            TAPE.set(on ? new Tape() : null);
            buffers = on ? Optional.of(new KeptBuffers()) : Optional.empty();
        }

        @Override
        public void close() {
            if (TAPE.get() != null) {
                TAPE.get().close();
            }
            TAPE.set(tapeBefore);
            buffers.ifPresent(KeptBuffers::close);
            JniUtils.setGradMode(before);
        }
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
        return TAPE.get() != null;
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
        if (TAPE.get() != null) {
            TAPE.get().backward();
        }
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
        return TAPE.get() == null ? block.apply(new NDList(inputs)) : TAPE.get().run(block, inputs);
    }

    /**
     * The array that stands for another from here on, so that blocks and what is recorded as usual can share it: the way
     * back before it is gone once, when all that came after it is done. Without a recording, the array itself.
     */
    public static NDArray cut(NDArray array) {
        return TAPE.get() == null ? array : TAPE.get().cut(array);
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
