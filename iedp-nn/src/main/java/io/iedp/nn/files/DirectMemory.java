package io.iedp.nn.files;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Gives mapped pages and direct buffers back at once. Left to the garbage collector, a mapped file would stay
 * resident beside the weights that were copied out of it.
 */
final class DirectMemory {
    private static final Optional<MethodHandle> FREE = find();

    private DirectMemory() {}

    /**
     * @param buffer a whole one, not a slice; nothing may touch it afterwards
     */
    static void free(ByteBuffer buffer) {
        try {
            if (FREE.isPresent()) {
                FREE.get().invokeExact(buffer);
            }
        } catch (Throwable e) {
            throw new AssertionError("The buffer is no whole one", e);
        }
    }

    /** Java 17 has no public way; where this one is closed, the garbage collector does it. */
    private static Optional<MethodHandle> find() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            MethodType type = MethodType.methodType(void.class, ByteBuffer.class);
            return Optional.of(MethodHandles.lookup()
                    .findVirtual(unsafe, "invokeCleaner", type)
                    .bindTo(instance.get(null)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
