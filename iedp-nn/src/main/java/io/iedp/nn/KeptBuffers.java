package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Keeps alive the Java memory that arrays were made from, for as long as a recording may need it.
 *
 * <p>DJL 0.36 lends libtorch the memory of a Java buffer when it makes an array of values, and lets go of the buffer when
 * the array is closed. What was recorded may go on using it: {@code x.mul(0.5)} closes its array of one element at once,
 * and the backward pass then multiplies by whatever stands in its place after the next garbage collection. Every new
 * array is shown to the innermost {@link NDScope} of the thread, which is where this class looks on. Other threads are not
 * touched.
 */
final class KeptBuffers implements AutoCloseable {
    private final DjlInternals djl;
    private final Deque<NDScope> scopes;
    private final List<ByteBuffer> kept = new ArrayList<>();

    KeptBuffers(DjlInternals djl) {
        this.djl = djl;
        this.scopes = djl.scopes();
        NDScope witness = new NDScope();
        scopes.remove(witness);
        djl.setArrays(witness, new Arrays());
        djl.setScopes(new Witnessed(witness));
    }

    /** Lets go of the buffers. On the thread that made this, after all that was made there later. */
    @Override
    public void close() {
        djl.setScopes(scopes);
        kept.clear();
    }

    /** The scopes of the thread, with a witness in the place of the innermost. Scopes use no other methods. */
    private final class Witnessed extends ArrayDeque<NDScope> {
        private static final long serialVersionUID = 1;
        private final transient NDScope witness;

        Witnessed(NDScope witness) {
            this.witness = witness;
        }

        @Override
        public void addLast(NDScope scope) {
            scopes.addLast(scope);
        }

        @Override
        public boolean remove(Object scope) {
            return scopes.remove(scope);
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public NDScope getLast() {
            return witness;
        }
    }

    /** The arrays of the innermost scope. */
    private final class Arrays extends IdentityHashMap<NDArray, NDArray> {
        private static final long serialVersionUID = 1;

        @Override
        public NDArray put(NDArray array, NDArray same) {
            djl.memory(array).ifPresent(kept::add);
            return scopes.isEmpty() ? null : innermost().put(array, same);
        }

        @Override
        public NDArray remove(Object array) {
            return scopes.isEmpty() ? null : innermost().remove(array);
        }

        private IdentityHashMap<NDArray, NDArray> innermost() {
            return djl.arrays(scopes.getLast());
        }
    }
}
