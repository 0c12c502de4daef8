package io.iedp.serve.http;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.iedp.serve.limits.RequestFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a request of the Open Inference Protocol says, in JSON alone or with tensors behind it.
 *
 * @param id that the answer repeats; empty without one
 * @param outputs that are asked for; empty for all
 * @param binaryOutputs whether outputs that say nothing else come behind the JSON
 */
record InferRequest(String id, List<Tensor> inputs, List<Output> outputs, boolean binaryOutputs) {
    private static final String WHAT = "JSON of the Open Inference Protocol";
    private static final int DEEPEST = 5;

    /**
     * An input.
     *
     * @param bytes of UINT8
     * @param elements of BYTES
     */
    record Tensor(String name, String datatype, List<Integer> shape, byte[] bytes, List<byte[]> elements) {}

    /**
     * An output that is asked for.
     *
     * @param binary empty when it does not say
     */
    record Output(String name, Optional<Boolean> binary) {}

    /**
     * @param headerLength bytes of JSON, where tensors come behind it
     * @throws RequestFailure if it does not follow the protocol
     */
    static InferRequest parse(byte[] body, OptionalInt headerLength) {
        int length = headerLength.orElse(body.length);
        if (length < 0 || length > body.length) {
            throw RequestFailure.bad(
                    "Inference-Header-Content-Length is %s, but the body has %s bytes".formatted(length, body.length));
        }
        ByteBuffer behind = ByteBuffer.wrap(body, length, body.length - length).order(ByteOrder.LITTLE_ENDIAN);
        InferRequest request = Json.read(body, length, WHAT, json -> new Parser(json).request(behind));
        if (behind.hasRemaining()) {
            throw RequestFailure.bad(
                    "%s bytes follow the JSON that are of no input; an input's parameters name its binary_data_size"
                            .formatted(behind.remaining()));
        }
        return request;
    }

    /** An input before its data were found. */
    private static final class Draft {
        private String name = "";
        private String datatype = "";
        private List<Integer> shape = List.of();
        private OptionalInt binarySize = OptionalInt.empty();
        private boolean hasData;
        private final ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        private final List<String> texts = new ArrayList<>();

        Tensor tensor(ByteBuffer behind) {
            if (name.isEmpty() || datatype.isEmpty() || shape.isEmpty()) {
                throw RequestFailure.bad("An input needs a name, a datatype and a shape");
            }
            if (hasData == binarySize.isPresent()) {
                throw RequestFailure.bad(
                        "The input '%s' needs either data or a binary_data_size among its parameters".formatted(name));
            }
            Tensor tensor = binarySize.isPresent() ? binary(behind) : plain();
            long count = count();
            long found = datatype.equals("BYTES") ? tensor.elements.size() : tensor.bytes.length;
            if (found != count) {
                throw RequestFailure.bad("The input '%s' of shape %s needs %s elements, but there are %s"
                        .formatted(name, shape, count, found));
            }
            return tensor;
        }

        private long count() {
            long count = 1;
            for (int side : shape) {
                if (side < 1 || count > Integer.MAX_VALUE) {
                    throw RequestFailure.bad("The shape %s of the input '%s' makes no sense".formatted(shape, name));
                }
                count *= side;
            }
            return count;
        }

        private Tensor plain() {
            return switch (datatype) {
                case "UINT8" -> {
                    if (!texts.isEmpty()) {
                        throw RequestFailure.bad("The data of '%s' must be numbers from 0 to 255".formatted(name));
                    }
                    yield new Tensor(name, datatype, shape, numbers.toByteArray(), List.of());
                }
                case "BYTES" -> {
                    if (numbers.size() > 0) {
                        throw RequestFailure.bad("The data of '%s' must be texts".formatted(name));
                    }
                    yield new Tensor(
                            name,
                            datatype,
                            shape,
                            new byte[0],
                            texts.stream()
                                    .map(text -> name.equals(OpenInference.IMAGE)
                                            ? decoded(text)
                                            : text.getBytes(StandardCharsets.UTF_8))
                                    .toList());
                }
                default -> throw otherType();
            };
        }

        private static byte[] decoded(String text) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw RequestFailure.bad(
                        "A picture in JSON must be the base64 of a file: %s".formatted(e.getMessage()), e);
            }
        }

        private Tensor binary(ByteBuffer behind) {
            int size = binarySize.getAsInt();
            if (size < 0 || size > behind.remaining()) {
                throw RequestFailure.bad("The input '%s' has a binary_data_size of %s, but %s bytes are left"
                        .formatted(name, size, behind.remaining()));
            }
            byte[] bytes = new byte[size];
            behind.get(bytes);
            return switch (datatype) {
                case "UINT8" -> new Tensor(name, datatype, shape, bytes, List.of());
                case "BYTES" -> new Tensor(name, datatype, shape, new byte[0], elements(bytes));
                default -> throw otherType();
            };
        }

        private List<byte[]> elements(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            List<byte[]> elements = new ArrayList<>();
            while (buffer.hasRemaining()) {
                int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
                if (length < 0 || length > buffer.remaining()) {
                    throw RequestFailure.bad(
                            "The elements of '%s' must have their length in 4 bytes, little-endian, before each"
                                    .formatted(name));
                }
                byte[] element = new byte[length];
                buffer.get(element);
                elements.add(element);
            }
            return elements;
        }

        private RequestFailure otherType() {
            return RequestFailure.bad(
                    "The input '%s' has the datatype %s; possible are BYTES and UINT8".formatted(name, datatype));
        }
    }

    private record Parser(JsonReader json) {
        InferRequest request(ByteBuffer behind) throws IOException {
            String id = "";
            List<Draft> drafts = new ArrayList<>();
            List<Output> outputs = new ArrayList<>();
            boolean[] binary = {false};
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "id" -> id = json.nextString();
                    case "parameters" ->
                        parameters((name, value) -> {
                            if (name.equals("binary_data_output")) {
                                binary[0] = Boolean.parseBoolean(value);
                            }
                        });
                    case "inputs" -> each(() -> drafts.add(input()));
                    case "outputs" -> each(() -> outputs.add(output()));
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalStateException("something follows the object");
            }
            List<Tensor> inputs = new ArrayList<>();
            for (Draft draft : drafts) {
                inputs.add(draft.tensor(behind));
            }
            return new InferRequest(id, List.copyOf(inputs), List.copyOf(outputs), binary[0]);
        }

        private interface Action {
            void run() throws IOException;
        }

        private interface Setting {
            void set(String name, String value);
        }

        private void each(Action element) throws IOException {
            json.beginArray();
            while (json.hasNext()) {
                element.run();
            }
            json.endArray();
        }

        /** Those that are no lists or objects. */
        private void parameters(Setting setting) throws IOException {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                switch (json.peek()) {
                    case STRING, NUMBER -> setting.set(name, json.nextString());
                    case BOOLEAN -> setting.set(name, Boolean.toString(json.nextBoolean()));
                    default -> json.skipValue();
                }
            }
            json.endObject();
        }

        private Draft input() throws IOException {
            Draft draft = new Draft();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "name" -> draft.name = json.nextString();
                    case "datatype" -> draft.datatype = json.nextString();
                    case "shape" -> {
                        List<Integer> shape = new ArrayList<>();
                        each(() -> shape.add(json.nextInt()));
                        draft.shape = List.copyOf(shape);
                    }
                    case "parameters" ->
                        parameters((name, value) -> {
                            if (name.equals("binary_data_size")) {
                                draft.binarySize = OptionalInt.of(Integer.parseInt(value));
                            }
                        });
                    case "data" -> {
                        draft.hasData = true;
                        data(draft, 0);
                    }
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return draft;
        }

        /** Nested as the shape, or flat: both are allowed, and mean the same. */
        private void data(Draft draft, int depth) throws IOException {
            switch (json.peek()) {
                case BEGIN_ARRAY -> {
                    if (depth == DEEPEST) {
                        throw new IllegalStateException("data are nested too deeply at " + json.getPath());
                    }
                    each(() -> data(draft, depth + 1));
                }
                case NUMBER -> {
                    int value = json.nextInt();
                    if (value < 0 || value > 255) {
                        throw RequestFailure.bad("UINT8 is 0 to 255, not %s, at %s".formatted(value, json.getPath()));
                    }
                    draft.numbers.write(value);
                }
                case STRING -> draft.texts.add(json.nextString());
                default -> throw new IllegalStateException("numbers or texts were expected at " + json.getPath());
            }
        }

        private Output output() throws IOException {
            String[] name = {""};
            List<Boolean> binary = new ArrayList<>();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "name" -> name[0] = json.nextString();
                    case "parameters" ->
                        parameters((key, value) -> {
                            if (key.equals("binary_data")) {
                                binary.add(Boolean.valueOf(value));
                            }
                        });
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Output(name[0], binary.stream().findFirst());
        }
    }

    /** Whether one output comes behind the JSON. */
    boolean isBinary(Output output) {
        return output.binary().orElse(binaryOutputs);
    }

    Optional<Tensor> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }
}
