package io.iedp.serve.http;

import com.google.gson.stream.JsonWriter;
import io.iedp.engine.PredictedClass;
import io.iedp.engine.Prediction;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.image.ImageFiles;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.work.Models;
import io.iedp.serve.work.ServedModel;
import io.iedp.serve.work.TaskInfo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Open Inference Protocol, version 2, with its extension for binary tensors; KServe, Triton and MLServer speak it. */
final class OpenInference {
    static final String IMAGE = "image";

    private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
    private static final String OVERLAY = ".overlay";
    private static final String PICTURE = ".picture";

    /** Of one request; more are sent in several. */
    private static final int MOST_PICTURES = 16;

    private final Models models;
    private final Predictor predictor;
    private final String version;

    OpenInference(Models models, Predictor predictor, String version) {
        this.models = models;
        this.predictor = predictor;
        this.version = version;
    }

    void server(Exchange exchange) {
        exchange.json(200, Json.write(json -> {
            json.beginObject();
            json.name("name").value("iedp").name("version").value(version);
            json.name("extensions").beginArray().value("binary_tensor_data").endArray();
            json.name("models").beginArray();
            for (ServedModel model : models.all()) {
                json.value(model.name());
            }
            json.endArray().endObject();
        }));
    }

    void live(Exchange exchange) {
        exchange.json(200, flag("live"));
    }

    void ready(Exchange exchange) {
        if (!models.isReady()) {
            throw RequestFailure.later(1, "The models are not open yet");
        }
        exchange.json(200, flag("ready"));
    }

    private static byte[] flag(String name) {
        return Json.write(json -> json.beginObject().name(name).value(true).endObject());
    }

    void modelReady(Exchange exchange) {
        ServedModel model = predictor.model(exchange, exchange.http().pathParam("model"));
        exchange.json(
                200,
                Json.write(json -> json.beginObject()
                        .name("name")
                        .value(model.name())
                        .name("ready")
                        .value(true)
                        .endObject()));
    }

    void model(Exchange exchange) {
        ServedModel model = predictor.model(exchange, exchange.http().pathParam("model"));
        exchange.json(200, Json.write(json -> {
            json.beginObject();
            json.name("name").value(model.name()).name("platform").value("iedp");
            json.name("inputs").beginArray();
            tensor(json, IMAGE, "BYTES", List.of(-1)).endObject();
            json.endArray().name("outputs").beginArray();
            for (TaskInfo task : model.tasks()) {
                tensor(
                        json,
                        task.name(),
                        Values.datatype(task),
                        task.channels() == 1 ? List.of(-1, -1, -1) : List.of(-1, task.channels(), -1, -1));
                describe(json, task);
                json.endObject();
                tensor(json, task.name() + OVERLAY, "BYTES", List.of(-1)).endObject();
                tensor(json, task.name() + PICTURE, "BYTES", List.of(-1)).endObject();
            }
            json.endArray().endObject();
        }));
    }

    private static JsonWriter tensor(JsonWriter json, String name, String datatype, List<Integer> shape)
            throws IOException {
        json.beginObject();
        json.name("name").value(name).name("datatype").value(datatype);
        json.name("shape").beginArray();
        for (int side : shape) {
            json.value(side);
        }
        return json.endArray();
    }

    private static void describe(JsonWriter json, TaskInfo task) throws IOException {
        json.name("parameters").beginObject();
        json.name("quantity").value(task.quantity()).name("unit").value(task.unit());
        if (task.hasClasses()) {
            json.name("classes").beginArray();
            for (PredictedClass each : task.classes()) {
                json.beginObject();
                json.name("index").value(each.index()).name("name").value(each.name());
                json.name("color").value(Answers.color(each.rgb())).endObject();
            }
            json.endArray();
        }
        json.endObject();
    }

    void infer(Exchange exchange) {
        ServedModel model = predictor.model(exchange, exchange.http().pathParam("model"));
        InferRequest request = InferRequest.parse(predictor.body(exchange), headerLength(exchange));
        List<InferRequest.Output> wanted = request.outputs().isEmpty()
                ? model.tasks().stream()
                        .map(task -> new InferRequest.Output(task.name(), Optional.empty()))
                        .toList()
                : request.outputs();
        wanted.forEach(output -> requireOutput(model, output.name()));
        List<BufferedImage> images = images(exchange, request);
        List<Map<String, String>> texts = texts(request, images.size());
        List<Prediction> predictions = predictor.predict(exchange, model, images, texts);
        Predictor.reserveTexts(
                exchange,
                predictions,
                wanted.stream()
                        .filter(output -> !request.isBinary(output))
                        .flatMap(output -> model.task(output.name()).stream())
                        .toList());
        Answer answer = new Answer(model, request, wanted, predictions, new ByteArrayOutputStream());
        byte[] header = predictor.encode(exchange, answer::header);
        if (answer.behind.size() == 0) {
            exchange.json(200, header);
            return;
        }
        exchange.http().header(HEADER_LENGTH, Integer.toString(header.length));
        exchange.answer(
                200,
                "application/octet-stream",
                ByteBuffer.allocate(Math.addExact(header.length, answer.behind.size()))
                        .put(header)
                        .put(answer.behind.toByteArray())
                        .array());
    }

    private static OptionalInt headerLength(Exchange exchange) {
        String text = exchange.http().header(HEADER_LENGTH);
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw RequestFailure.bad("%s must be a number of bytes, not '%s'".formatted(HEADER_LENGTH, text), e);
        }
    }

    private static void requireOutput(ServedModel model, String name) {
        List<String> all = model.tasks().stream()
                .flatMap(task -> Stream.of(task.name(), task.name() + OVERLAY, task.name() + PICTURE))
                .toList();
        if (!all.contains(name)) {
            throw RequestFailure.bad("The model '%s' has no output '%s'; it has: %s"
                    .formatted(model.name(), name, String.join(", ", all)));
        }
    }

    private List<BufferedImage> images(Exchange exchange, InferRequest request) {
        InferRequest.Tensor image = request.input(IMAGE)
                .orElseThrow(() -> RequestFailure.bad(
                        "There must be an input 'image': BYTES [n], n files, or UINT8 [n, height, width, 3]; there are: "
                                + request.inputs().stream()
                                        .map(InferRequest.Tensor::name)
                                        .collect(Collectors.joining(", "))));
        List<Integer> shape = image.shape();
        if (shape.get(0) > MOST_PICTURES) {
            throw RequestFailure.tooLarge(
                    "A request may have up to %s pictures, not %s".formatted(MOST_PICTURES, shape.get(0)));
        }
        if (image.datatype().equals("BYTES")) {
            if (shape.size() != 1) {
                throw RequestFailure.bad("Files must have the shape [n], not %s".formatted(shape));
            }
            List<BufferedImage> images = new ArrayList<>();
            image.elements().forEach(file -> images.add(predictor.decode(exchange, file)));
            return images;
        }
        if (shape.size() != 4 || shape.get(3) != 3) {
            throw RequestFailure.bad("Pixels must have the shape [n, height, width, 3], not %s".formatted(shape));
        }
        int bytes = shape.get(1) * shape.get(2) * 3; // the whole was counted
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < shape.get(0); i++) {
            byte[] pixels = new byte[bytes];
            System.arraycopy(image.bytes(), i * bytes, pixels, 0, bytes);
            images.add(predictor.picture(exchange, shape.get(2), shape.get(1), pixels));
        }
        return images;
    }

    /** All other inputs are texts that the guidance may ask for, one a picture. */
    private static List<Map<String, String>> texts(InferRequest request, int pictures) {
        List<Map<String, String>> all = Stream.<Map<String, String>>generate(LinkedHashMap::new)
                .limit(pictures)
                .toList();
        for (InferRequest.Tensor input : request.inputs()) {
            if (input.name().equals(IMAGE)) {
                continue;
            }
            if (!input.datatype().equals("BYTES") || input.elements().size() != pictures) {
                throw RequestFailure.bad("The input '%s' must be one text a picture: BYTES [%s], not %s %s"
                        .formatted(input.name(), pictures, input.datatype(), input.shape()));
            }
            for (int i = 0; i < pictures; i++) {
                all.get(i).put(input.name(), new String(input.elements().get(i), StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    /**
     * What is sent back.
     *
     * @param behind the tensors that follow the JSON
     */
    private record Answer(
            ServedModel model,
            InferRequest request,
            List<InferRequest.Output> wanted,
            List<Prediction> predictions,
            ByteArrayOutputStream behind) {
        byte[] header() {
            return Json.write(json -> {
                json.beginObject();
                json.name("model_name").value(model.name());
                if (!request.id().isEmpty()) {
                    json.name("id").value(request.id());
                }
                json.name("outputs").beginArray();
                for (InferRequest.Output output : wanted) {
                    output(json, output);
                }
                json.endArray().endObject();
            });
        }

        private void output(JsonWriter json, InferRequest.Output output) throws IOException {
            String task = output.name().replaceFirst("\\.(overlay|picture)$", "");
            if (model.task(output.name()).isPresent()) {
                values(json, output, model.task(output.name()).get());
            } else {
                pictures(json, output, task, output.name().endsWith(OVERLAY));
            }
        }

        private void values(JsonWriter json, InferRequest.Output output, TaskInfo task) throws IOException {
            List<TaskPrediction> all =
                    predictions.stream().map(each -> each.task(task.name())).toList();
            TaskPrediction first = all.get(0);
            for (TaskPrediction each : all) {
                if (each.width() != first.width() || each.height() != first.height()) {
                    throw RequestFailure.bad(String.format(
                            Locale.ROOT,
                            "The values of pictures of %d x %d and %d x %d pixels are no tensor; send them in requests of their own",
                            first.width(),
                            first.height(),
                            each.width(),
                            each.height()));
                }
            }
            List<Integer> shape = task.channels() == 1
                    ? List.of(all.size(), first.height(), first.width())
                    : List.of(all.size(), task.channels(), first.height(), first.width());
            tensor(json, output.name(), Values.datatype(task), shape);
            if (request.isBinary(output)) {
                int before = behind.size();
                all.forEach(each -> behind.writeBytes(Values.bytes(task, each)));
                binarySize(json, behind.size() - before);
            } else {
                json.name("data").beginArray();
                for (TaskPrediction each : all) {
                    Values.flat(json, each);
                }
                json.endArray();
            }
            json.endObject();
        }

        private void pictures(JsonWriter json, InferRequest.Output output, String task, boolean overlay)
                throws IOException {
            List<byte[]> files = predictions.stream()
                    .map(each -> each.task(task))
                    .map(each -> ImageFiles.encodePng(overlay ? each.overlay() : each.picture()))
                    .toList();
            tensor(json, output.name(), "BYTES", List.of(files.size()));
            if (request.isBinary(output)) {
                int before = behind.size();
                for (byte[] file : files) {
                    behind.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(file.length)
                            .array());
                    behind.writeBytes(file);
                }
                binarySize(json, behind.size() - before);
            } else {
                json.name("parameters").beginObject();
                json.name("content_type").value("base64").endObject();
                json.name("data").beginArray();
                for (byte[] file : files) {
                    json.value(Base64.getEncoder().encodeToString(file));
                }
                json.endArray();
            }
            json.endObject();
        }

        private static void binarySize(JsonWriter json, int bytes) throws IOException {
            json.name("parameters").beginObject();
            json.name("binary_data_size").value(bytes).endObject();
        }
    }
}
