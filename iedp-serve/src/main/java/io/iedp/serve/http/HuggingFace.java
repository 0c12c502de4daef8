package io.iedp.serve.http;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.iedp.engine.PredictedClass;
import io.iedp.engine.Prediction;
import io.iedp.engine.TaskPrediction;
import io.iedp.io.image.ImageFiles;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.work.ServedModel;
import io.iedp.serve.work.TaskInfo;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The forms of Hugging Face's tasks image-segmentation and depth-estimation, for its clients. */
final class HuggingFace {
    private static final String WHAT = "JSON with the base64 of a picture as inputs";

    private final Predictor predictor;

    HuggingFace(Predictor predictor) {
        this.predictor = predictor;
    }

    void predict(Exchange exchange) {
        predict(exchange, predictor.model(exchange, exchange.http().pathParam("model")));
    }

    void predict(Exchange exchange, ServedModel model) {
        TaskInfo task = Predictions.task(exchange, model).orElse(model.tasks().get(0));
        if (!task.hasClasses() && task.channels() > 1) {
            throw RequestFailure.bad("Hugging Face has no form for the task '%s' of the model '%s'"
                    .formatted(task.name(), model.name()));
        }
        byte[] body = predictor.body(exchange);
        byte[] file = isJson(exchange) ? inputs(body) : body;
        Prediction prediction = predictor
                .predict(exchange, model, List.of(predictor.decode(exchange, file)), List.of(Map.of()))
                .get(0);
        TaskPrediction predicted = prediction.task(task.name());
        if (!task.hasClasses()) {
            Predictor.reserveTexts(exchange, List.of(prediction), List.of(task));
        }
        exchange.json(
                200,
                predictor.encode(
                        exchange,
                        () -> Json.write(json -> {
                            if (task.hasClasses()) {
                                segments(json, task, predicted);
                            } else {
                                depth(json, predicted);
                            }
                        })));
    }

    static boolean isJson(Exchange exchange) {
        String type = exchange.http().contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static byte[] inputs(byte[] body) {
        String text = Json.read(body, body.length, WHAT, HuggingFace::inputs);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw RequestFailure.bad("inputs must be the base64 of a picture: %s".formatted(e.getMessage()), e);
        }
    }

    private static String inputs(JsonReader json) throws IOException {
        String inputs = "";
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("inputs")) {
                inputs = json.nextString();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return inputs;
    }

    /** Without scores, as for semantic segmentation elsewhere: a pixel has one class, and a class is in one piece. */
    private static void segments(JsonWriter json, TaskInfo task, TaskPrediction predicted) throws IOException {
        float[] values = predicted.values();
        json.setSerializeNulls(true);
        json.beginArray();
        for (PredictedClass each : Answers.occurring(task, Answers.counts(task, predicted))) {
            BufferedImage mask = new BufferedImage(predicted.width(), predicted.height(), BufferedImage.TYPE_BYTE_GRAY);
            byte[] pixels = ((DataBufferByte) mask.getRaster().getDataBuffer()).getData();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (values[i] == each.index() ? 255 : 0);
            }
            json.beginObject();
            json.name("label").value(each.name()).name("score").nullValue();
            json.name("mask").value(base64(mask)).endObject();
        }
        json.endArray();
    }

    /** The picture is brighter the farther a pixel is, up to white for the farthest. */
    private static void depth(JsonWriter json, TaskPrediction predicted) throws IOException {
        float[] values = predicted.values();
        float most = 0;
        for (float value : values) {
            most = Float.isFinite(value) ? Math.max(most, value) : most;
        }
        BufferedImage picture = new BufferedImage(predicted.width(), predicted.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (most == 0 ? 0 : Math.round(Math.max(0, Math.min(1, values[i] / most)) * 255));
        }
        json.beginObject();
        json.name("predicted_depth");
        Values.rows(json, predicted);
        json.name("depth").value(base64(picture)).endObject();
    }

    private static String base64(BufferedImage picture) {
        return Base64.getEncoder().encodeToString(ImageFiles.encodePng(picture));
    }
}
