package io.iedp.verify.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.TaskContext;
import io.iedp.config.ComponentBinder;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.nn.Gradients;
import io.iedp.tasks.loss.CrossEntropy;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import io.iedp.verify.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Cases of mmsegmentation's losses, with their gradients and the pixels that hard example mining keeps. */
public final class SegmentationLossVerifier implements Verifier {
    private static final Tolerance OF_GRADIENTS = Tolerance.relative(1e-4);
    private static final Map<String, String> TYPES = Map.of(
            "CrossEntropyLoss", "cross-entropy",
            "FocalLoss", "focal",
            "TverskyLoss", "tversky",
            "DiceLoss", "dice",
            "LovaszLoss", "lovasz",
            "BoundaryLoss", "boundary");

    private final Catalog catalog;

    /**
     * @param catalog that has the losses
     */
    public SegmentationLossVerifier(Catalog catalog) {
        this.catalog = catalog;
    }

    private record Context(Kernels kernels, DatasetInfo data) implements TaskContext {
        static Context of(RecordedCase recorded, long classes) {
            return new Context(
                    recorded.kernels(),
                    new DatasetInfo(
                            IntStream.range(0, (int) classes)
                                    .mapToObj(c -> new ClassInfo("class " + c, 0))
                                    .toList(),
                            0));
        }
    }

    @Override
    public String kind() {
        return "segmentation-loss";
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return new Comparison.Values(name.startsWith("grad.") ? OF_GRADIENTS : recorded.tolerance());
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        JsonObject losses =
                new Gson().toJsonTree(recorded.meta()).getAsJsonObject().getAsJsonObject("losses");
        losses.keySet().forEach(name -> add(recorded, name, losses.getAsJsonObject(name), computed));
        return computed;
    }

    private void add(RecordedCase recorded, String name, JsonObject settings, Map<String, NDArray> computed) {
        String on = settings.has("on") ? settings.get("on").getAsString() + "_" : "";
        NDArray logits = recorded.input(on + "logits").duplicate();
        PixelLabels labels = new PixelLabels(recorded.input(on + "label").toType(DataType.FLOAT32, true));
        logits.setRequiresGradient(true);
        try (Gradients.Recording recording = Gradients.record()) {
            boolean flat = logits.getShape().dimension() == 3;
            NDArray outputs = flat ? logits.expandDims(1) : logits;
            NDArray loss = loss(recorded, settings, outputs.getShape().get(1)).of(outputs, labels);
            Gradients.backward(loss);
            computed.put("loss." + name, loss.duplicate().reshape(1));
        }
        NDArray gradient = Gradients.of(logits).orElseThrow();
        computed.put("grad." + name, gradient.duplicate());
        if (settings.has("sampler")) {
            NDArray kept = gradient.abs().sum(new int[] {1}).gt(0);
            computed.put("mask." + name, kept.toType(DataType.UINT8, true));
        }
    }

    private PixelLoss loss(RecordedCase recorded, JsonObject settings, long classes) {
        String type = TYPES.get(settings.get("type").getAsString());
        if (type == null) {
            throw new UserException(
                    "%s: the loss %s is not implemented".formatted(recorded.folder(), settings.get("type")));
        }
        Context context = Context.of(recorded, classes);
        if (settings.has("weight")) {
            NDArray weights = recorded.input(settings.get("weight").getAsString());
            CrossEntropy loss = new CrossEntropy(recorded.kernels(), List.of(), CrossEntropy.Averaging.NON_IGNORED);
            return (logits, labels) -> loss.of(logits, labels, weights);
        }
        boolean hinge = settings.has("loss_type");
        return ComponentBinder.bind(catalog, Kind.LOSS, hinge ? "lovasz-hinge" : type, settings(type, hinge, settings))
                .create(context);
    }

    private static List<String> settings(String type, boolean hinge, JsonObject settings) {
        List<String> all = new ArrayList<>();
        copy(settings, "loss_weight", "weight", all);
        copy(settings, "class_weight", "class-weights", all);
        copy(settings, "per_image", "per-image", all);
        copy(settings, "gamma", "gamma", all);
        copy(settings, "beta", "beta", all);
        copy(settings, "exponent", "exponent", all);
        copy(settings, "use_sigmoid", "sigmoid", all);
        if (settings.has("alpha")) {
            boolean one = type.equals("focal") && settings.get("alpha").isJsonPrimitive();
            all.add("alpha=" + (one ? "[%s]".formatted(settings.get("alpha")) : settings.get("alpha")));
        }
        if (type.equals("lovasz") && !hinge && settings.has("classes")) {
            JsonElement classes = settings.get("classes");
            all.add(classes.isJsonArray() ? "only=" + wholes(classes) : "classes=" + classes.getAsString());
        }
        if (type.equals("focal") && settings.has("reduction")) {
            all.add("sum=" + settings.get("reduction").getAsString().equals("sum"));
        }
        if (type.equals("cross-entropy")) {
            all.add("averaging=" + (settings.get("avg_non_ignore").getAsBoolean() ? "non-ignored" : "all"));
        }
        if (settings.has("sampler")) {
            JsonObject sampler = settings.getAsJsonObject("sampler");
            all.add("ohem.min-kept=" + sampler.get("min_kept").getAsInt());
            copy(sampler, "thresh", "ohem.threshold", all);
        }
        return all;
    }

    private static List<Integer> wholes(JsonElement numbers) {
        return numbers.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsInt)
                .toList();
    }

    private static void copy(JsonObject settings, String name, String key, List<String> all) {
        if (settings.has(name) && !settings.get(name).isJsonNull()) {
            all.add(key + "=" + settings.get(name));
        }
    }
}
