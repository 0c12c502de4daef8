package io.iedp.export.onnx;

import ai.djl.ndarray.NDArray;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.iedp.api.UserException;
import io.iedp.engine.bench.Rival;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An ONNX file in ONNX Runtime, on the CPU. */
public final class OnnxModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Path file;

    private OnnxModel(Path file, int threads) throws OrtException {
        this.file = file;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            if (threads > 0) {
                options.setIntraOpNumThreads(threads);
            }
            session = environment.createSession(file.toString(), options);
        }
    }

    /**
     * @param threads to compute with; 0 leaves that to ONNX Runtime
     * @throws UserException if ONNX Runtime cannot load the file
     */
    public static OnnxModel open(Path file, int threads) {
        try {
            return new OnnxModel(file, threads);
        } catch (OrtException e) {
            throw new UserException("ONNX Runtime cannot load %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Values with their shape; floats, or bytes for pictures. */
    public record Tensor(long[] shape, float[] values) {
        /** A copy of the values of an array. */
        public static Tensor of(NDArray array) {
            return new Tensor(array.getShape().getShape(), array.toFloatArray());
        }
    }

    /**
     * Runs the graph.
     *
     * @param inputs floats by name
     * @param pixels in which form the input of pictures is given: bytes are made of values from 0 to 1 in (B, 3, H, W)
     * @return floats by the outputs' names
     */
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Pixels pixels) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(
                        input.getKey(),
                        pixels == Pixels.UINT8 && input.getKey().equals(Pixels.INPUT)
                                ? bytes(input.getValue())
                                : floats(input.getValue()));
            }
            try (OrtSession.Result result = session.run(given)) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    OnnxTensor tensor = (OnnxTensor) output.getValue();
                    FloatBuffer buffer = tensor.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(output.getKey(), new Tensor(tensor.getInfo().getShape(), values));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw cannotRun(e);
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * The graph with inputs that stay, so that a pass is all that is timed.
     *
     * @throws UserException if it takes other inputs
     */
    Rival timed(Map<String, Tensor> inputs) {
        Set<String> taken = session.getInputNames();
        if (!taken.equals(inputs.keySet())) {
            close();
            throw new UserException("%s takes %s, not %s; 'iedp export ... part=backbone' writes a file that does."
                    .formatted(file, taken, inputs.keySet()));
        }
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                given.put(input.getKey(), floats(input.getValue()));
            }
        } catch (OrtException e) {
            throw cannotRun(e);
        }
        return new Rival() {
            @Override
            public void pass() {
                try (OrtSession.Result result = session.run(given)) {
                    result.size();
                } catch (OrtException e) {
                    throw cannotRun(e);
                }
            }

            @Override
            public void close() {
                given.values().forEach(OnnxTensor::close);
                OnnxModel.this.close();
            }
        };
    }

    private UserException cannotRun(OrtException e) {
        return new UserException("ONNX Runtime cannot run %s: %s".formatted(file, e.getMessage()), e);
    }

    private OnnxTensor floats(Tensor tensor) throws OrtException {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values), tensor.shape);
    }

    private OnnxTensor bytes(Tensor tensor) throws OrtException {
        long[] shape = tensor.shape;
        int plane = Math.toIntExact(shape[2] * shape[3]);
        ByteBuffer bytes = ByteBuffer.allocateDirect(tensor.values.length);
        for (int picture = 0; picture < shape[0]; picture++) {
            for (int cell = 0; cell < plane; cell++) {
                for (int channel = 0; channel < 3; channel++) {
                    bytes.put((byte) Math.round(255 * tensor.values[(picture * 3 + channel) * plane + cell]));
                }
            }
        }
        return OnnxTensor.createTensor(
                environment, bytes.flip(), new long[] {shape[0], shape[2], shape[3], shape[1]}, OnnxJavaType.UINT8);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
