package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.LibUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Properties;

/** The private fields of DJL that IEDP reads and writes, and all that does so. */
final class DjlInternals {
    private final ThreadLocal<Deque<NDScope>> scopes;
    private final Field arrays;
    private final Field memory;
    private final Field library;

    private DjlInternals(ThreadLocal<Deque<NDScope>> scopes, Field arrays, Field memory, Field library) {
        this.scopes = scopes;
        this.arrays = arrays;
        this.memory = memory;
        this.library = library;
    }

    /** The version of DJL that its PyTorch engine says, or {@code unknown}. */
    static String version() {
        Properties facts = new Properties();
        try (InputStream in = PtNDArray.class.getResourceAsStream("/pytorch-engine.properties")) {
            if (in != null) {
                facts.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts.getProperty("djl_version", "unknown");
    }

    /**
     * @param version of DJL that is on the class path
     * @throws IllegalStateException if it does not have the fields
     */
    @SuppressWarnings("unchecked")
    static DjlInternals open(String version) {
        Field scopes = field(NDScope.class, "SCOPE_STACK", ThreadLocal.class, version);
        return new DjlInternals(
                (ThreadLocal<Deque<NDScope>>) value(scopes, null),
                field(NDScope.class, "resources", IdentityHashMap.class, version),
                field(PtNDArray.class, "dataRef", ByteBuffer.class, version),
                field(LibUtils.class, "libTorch", Object.class, version));
    }

    /** Whether someone has started the PyTorch engine. */
    boolean engineRuns() {
        return value(library, null) != null;
    }

    /** The scopes that are open on this thread, the innermost last. */
    Deque<NDScope> scopes() {
        return scopes.get();
    }

    /** Puts others in their place, on this thread alone. */
    void setScopes(Deque<NDScope> others) {
        scopes.set(others);
    }

    /** What a scope closes with itself. */
    @SuppressWarnings("unchecked")
    IdentityHashMap<NDArray, NDArray> arrays(NDScope scope) {
        return (IdentityHashMap<NDArray, NDArray>) value(arrays, scope);
    }

    void setArrays(NDScope scope, IdentityHashMap<NDArray, NDArray> others) {
        try {
            arrays.set(scope, others);
        } catch (IllegalAccessException e) {
            throw new AssertionError("The field was made accessible", e);
        }
    }

    /** The Java memory that libtorch computes with, if the array was made from such. */
    Optional<ByteBuffer> memory(NDArray array) {
        return array instanceof PtNDArray ? Optional.ofNullable((ByteBuffer) value(memory, array)) : Optional.empty();
    }

    static Field field(Class<?> owner, String name, Class<?> type, String version) {
        try {
            Field field = owner.getDeclaredField(name);
            if (!type.isAssignableFrom(field.getType())) {
                throw gone(owner, name, version, null);
            }
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | InaccessibleObjectException e) {
            throw gone(owner, name, version, e);
        }
    }

    private static IllegalStateException gone(Class<?> owner, String name, String version, Exception cause) {
        return new IllegalStateException(
                ("%s.%s of DJL %s, which was read from %s, is not as IEDP needs it, which is built for DJL %s. Put ai.djl:api and "
                                + "ai.djl.pytorch:pytorch-engine %s on the class path, and open their packages to IEDP where they are modules.")
                        .formatted(
                                owner.getSimpleName(),
                                name,
                                version,
                                owner.getProtectionDomain().getCodeSource().getLocation(),
                                TorchRuntime.DJL_VERSION,
                                TorchRuntime.DJL_VERSION),
                cause);
    }

    private static Object value(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError("The field was made accessible", e);
        }
    }
}
