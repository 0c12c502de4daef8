package io.iedp.export.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.api.nn.Kernels;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Kernels that note what they do with arrays of a recording; with others they do what they always do. */
final class RecordedKernels implements Proxies.Handler {
    private final Recorder recorder;
    private final Kernels real;

    private RecordedKernels(Recorder recorder, Kernels real) {
        this.recorder = recorder;
        this.real = real;
    }

    static Kernels of(Recorder recorder, Kernels real) {
        return Proxies.of(Kernels.class, new RecordedKernels(recorder, real));
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return Proxies.call(method, this, arguments);
        }
        Optional<Recording> recording = recorder.recording();
        if (recording.isEmpty()) {
            return Proxies.call(method, real, RecordedArray.reals(arguments));
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(self, method, arguments);
        }
        NDArray result = (NDArray) Proxies.call(method, real, RecordedArray.reals(arguments));
        if (method.getName().equals("float32") && isFloat(arguments[0])) {
            return arguments[0];
        }
        List<Object> noted = new ArrayList<>();
        Arrays.stream(arguments).filter(Objects::nonNull).forEach(each -> RecordedArray.note(noted, each));
        return recording.get().done(method.getName(), noted, result);
    }

    private static boolean isFloat(Object array) {
        return RecordedArray.type((NDArray) array) == DataType.FLOAT32;
    }
}
