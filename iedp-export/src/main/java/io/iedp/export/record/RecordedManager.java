package io.iedp.export.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import java.lang.reflect.Method;

/** Makes the arrays of a recording that depend on no input. */
final class RecordedManager implements Proxies.Handler {
    private final Recording recording;
    private final NDManager real;

    private RecordedManager(Recording recording, NDManager real) {
        this.recording = recording;
        this.real = real;
    }

    static NDManager of(Recording recording, NDManager real) {
        return Proxies.of(NDManager.class, new RecordedManager(recording, real));
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.startsWith("random") || name.equals("truncatedNormal")) {
            throw new UserException(
                    "The model draws random numbers (%s); a graph has no form for that.".formatted(name));
        }
        if (name.equals("close")) {
            return null;
        }
        Object result = Proxies.call(method, real, RecordedArray.reals(arguments));
        if (result instanceof NDArray array) {
            return recording.constant(array);
        }
        return result instanceof NDManager manager ? of(recording, manager) : result;
    }
}
