package io.iedp.serve.http;

import io.iedp.engine.Prediction;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.work.ServedModel;
import io.iedp.serve.work.TaskInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A picture as the body, its prediction as the answer: what DJL Serving, TorchServe and SageMaker have. */
final class Predictions {
    private static final String TEXT = "text.";

    private final Predictor predictor;

    Predictions(Predictor predictor) {
        this.predictor = predictor;
    }

    void predict(Exchange exchange) {
        predict(exchange, predictor.model(exchange, exchange.http().pathParam("model")));
    }

    void predict(Exchange exchange, ServedModel model) {
        Accepted form = Accepted.of(exchange.http().header("Accept"));
        Optional<TaskInfo> task = task(exchange, model);
        View view = View.of(exchange.http().queryParam("view"));
        boolean values = flag(exchange, "values");
        Map<String, String> texts = texts(exchange);
        requirePicture(exchange.http().contentType());
        byte[] body = predictor.body(exchange);
        Prediction prediction = predictor
                .predict(exchange, model, List.of(predictor.decode(exchange, body)), List.of(texts))
                .get(0);
        TaskInfo one = task.orElse(model.tasks().get(0));
        List<TaskInfo> shown = task.map(List::of).orElse(model.tasks());
        if (form == Accepted.JSON && values) {
            Predictor.reserveTexts(exchange, List.of(prediction), shown);
        }
        byte[] bytes = predictor.encode(exchange, () -> switch (form) {
            case JSON -> Answers.json(model, exchange.id(), prediction, shown, values);
            case BYTES -> Values.bytes(one, prediction.task(one.name()));
            case PNG -> view.draw(prediction, task.map(TaskInfo::name), one.name());
        });
        if (form == Accepted.BYTES) {
            exchange.http().header("X-Datatype", Values.datatype(one));
            exchange.http()
                    .header("X-Shape", "%s,%s,%s".formatted(one.channels(), prediction.height(), prediction.width()));
        }
        exchange.answer(200, form.type(), bytes);
    }

    private enum View {
        OVERLAY,
        PICTURE,
        VALUES;

        static View of(String name) {
            if (name == null) {
                return OVERLAY;
            }
            for (View each : values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return each;
                }
            }
            throw RequestFailure.bad("view must be overlay, picture or values, not '%s'".formatted(name));
        }

        /** Values are of one task; pictures of several are side by side. */
        byte[] draw(Prediction prediction, Optional<String> asked, String one) {
            if (this == VALUES) {
                return Answers.valuesPng(prediction.task(one));
            }
            boolean overlay = this == OVERLAY;
            return asked.map(name -> Answers.picturePng(prediction.task(name), overlay))
                    .orElseGet(() -> Answers.picturePng(prediction, overlay));
        }
    }

    static Optional<TaskInfo> task(Exchange exchange, ServedModel model) {
        return Optional.ofNullable(exchange.http().queryParam("task"))
                .map(name -> model.task(name)
                        .orElseThrow(() -> new RequestFailure(
                                404,
                                "The model '%s' has no task '%s'; it has: %s"
                                        .formatted(
                                                model.name(),
                                                name,
                                                model.tasks().stream()
                                                        .map(TaskInfo::name)
                                                        .collect(Collectors.joining(", "))))));
    }

    private static boolean flag(Exchange exchange, String name) {
        String value = exchange.http().queryParam(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw RequestFailure.bad("%s must be true or false, not '%s'".formatted(name, value));
        }
        return "true".equals(value);
    }

    private static Map<String, String> texts(Exchange exchange) {
        Map<String, String> texts = new LinkedHashMap<>();
        exchange.http().queryParamMap().forEach((name, values) -> {
            if (name.startsWith(TEXT)) {
                texts.put(name.substring(TEXT.length()), values.get(0));
            }
        });
        return texts;
    }

    private static void requirePicture(String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || type.startsWith("application/json")) {
            throw new RequestFailure(
                    415,
                    "The body must be a picture alone, as curl --data-binary @FILE sends it, not "
                            + type.replaceFirst(";.*", ""));
        }
    }
}
