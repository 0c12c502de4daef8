package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
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
 * array is shown to the innermost {@link NDScope} of the thread, which is where this class looks on.
 */
final class KeptBuffers implements AutoCloseable {
    private static final ThreadLocal<Deque<NDScope>> SCOPES;
    private static final VarHandle ARRAYS;
    private static final VarHandle BUFFER;

    static {
        try {
            Field scopes = NDScope.class.getDeclaredField("SCOPE_STACK");
            scopes.setAccessible(true);
            SCOPES = threadLocal(scopes.get(null));
            ARRAYS = MethodHandles.privateLookupIn(NDScope.class, MethodHandles.lookup())
                    .findVarHandle(NDScope.class, "resources", IdentityHashMap.class);
            BUFFER = MethodHandles.privateLookupIn(PtNDArray.class, MethodHandles.lookup())
                    .findVarHandle(PtNDArray.class, "dataRef", ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Recordings need DJL 0.36; another one is on the class path", e);
        }
    }

    private final Deque<NDScope> scopes = SCOPES.get();
    private final List<ByteBuffer> kept = new ArrayList<>();

    KeptBuffers() {
        NDScope witness = new NDScope();
        scopes.remove(witness);
        ARRAYS.set(witness, new Arrays());
        SCOPES.set(new Witnessed(witness));
    }

    /** Lets go of the buffers. */
    @Override
    public void close() {
        SCOPES.set(scopes);
        kept.clear();
    }

    @SuppressWarnings("unchecked")
    private static ThreadLocal<Deque<NDScope>> threadLocal(Object value) {
        return (ThreadLocal<Deque<NDScope>>) value;
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
            if (array instanceof PtNDArray && BUFFER.get(array) != null) {
                kept.add((ByteBuffer) BUFFER.get(array));
            }
            return scopes.isEmpty() ? null : innermost().put(array, same);
        }

        @Override
        public NDArray remove(Object array) {
            return scopes.isEmpty() ? null : innermost().remove(array);
        }

        @SuppressWarnings("unchecked")
        private IdentityHashMap<NDArray, NDArray> innermost() {
            return (IdentityHashMap<NDArray, NDArray>) ARRAYS.get(scopes.getLast());
        }
    }
}
