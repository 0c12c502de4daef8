package io.iedp.verify.tasks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.loss.PixelLabels;
import io.iedp.api.loss.PixelLoss;
import io.iedp.tasks.DepthArea;
import io.iedp.tasks.DepthCrop;
import io.iedp.tasks.DepthMetrics;
import io.iedp.tasks.DepthRange;
import io.iedp.tasks.ReferringMetrics;
import io.iedp.tasks.SegmentationMetrics;
import io.iedp.tasks.SiLogLoss;
import io.iedp.tasks.loss.CrossEntropy;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Tolerance;
import io.iedp.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Cases of losses and metrics: VPD's SILog, depth metrics, crops and referring IoU, mmsegmentation's metrics and
 * cross-entropy. The metrics are in a file of their own, {@code expected_metrics.json}.
 */
public final class MetricsVerifier implements Verifier {
    private static final String METRICS = "expected_metrics.json";
    private static final String CLASSES = "num_classes";
    private static final String VALID = "n_valid";
    private static final Pattern SILOG = Pattern.compile("silog_(loss|grad)_([0-9.]+)");
    private static final Pattern ZERO_LABEL = Pattern.compile("seg_reduce_zero_label_(True|False)");
    private static final Pattern DEPTHS = Pattern.compile("(formula_(nyu|kitti_garg|kitti_eigen))(_f64)?");
    private static final Pattern READINGS = Pattern.compile("crop_valid_(gt>([0-9.]+)|f64)");
    private static final Pattern REFERRED = Pattern.compile("refer_I_U_img([0-9]+)");
    private static final double NYU_DEPTH = 10;
    private static final double KITTI_DEPTH = 80;
    private static final double MIN_DEPTH = 1e-3;

    @Override
    public String kind() {
        return "metrics";
    }

    /** The arrays, and each number or list of numbers of the metrics by its path; {@code k} and the like are inputs. */
    @Override
    public Map<String, NDArray> expected(RecordedCase recorded) {
        Map<String, NDArray> expected = new LinkedHashMap<>(recorded.expected());
        collect("", metrics(recorded), recorded.manager(), expected);
        return expected;
    }

    private static void collect(String path, JsonObject object, NDManager manager, Map<String, NDArray> into) {
        object.entrySet().forEach(entry -> {
            JsonElement value = entry.getValue();
            String name = path + entry.getKey();
            if (value.isJsonObject()) {
                collect(name + ".", value.getAsJsonObject(), manager, into);
            } else if (value.isJsonArray()) {
                into.put(name, manager.create(numbers(value)));
            } else if (entry.getKey().equals(VALID)) {
                into.put(name, manager.create(new long[] {value.getAsLong()}));
            } else if (value.getAsJsonPrimitive().isNumber() && !entry.getKey().equals("k") && !name.equals(CLASSES)) {
                into.put(name, manager.create(new double[] {value.getAsDouble()}));
            }
        });
    }

    private static double[] numbers(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static JsonObject metrics(RecordedCase recorded) {
        Path file = recorded.folder().resolve(METRICS);
        if (!Files.exists(file)) {
            return new JsonObject();
        }
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new UserException("%s cannot be read as a JSON object: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return new Comparison.Values(name.contains("grad") ? Tolerance.relative(1e-4) : recorded.tolerance());
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        recorded.expected().keySet().forEach(name -> {
            Matcher silog = SILOG.matcher(name);
            if (silog.matches()) {
                SiLogLoss loss = new SiLogLoss(Double.parseDouble(silog.group(2)), 0);
                NDArray truth = recorded.input("nyu_gt");
                computed.put(
                        name,
                        result(silog.group(1), recorded.input("nyu_pred"), metres -> loss.of(metres.log(), truth)));
            }
        });
        crossEntropies(recorded, computed);
        JsonObject metrics = metrics(recorded);
        metrics.keySet().forEach(name -> {
            Map<String, NDArray> values = new LinkedHashMap<>();
            if (ZERO_LABEL.matcher(name).matches()) {
                segmentation(recorded, metrics, name.endsWith("True"), values);
            } else if (DEPTHS.matcher(name).matches()) {
                formula(recorded, metrics, name, values);
            } else if (READINGS.matcher(name).matches()) {
                depth(recorded, least(metrics), values);
            } else if (REFERRED.matcher(name).matches()) {
                computed.put(name, referred(recorded, name));
            }
            values.forEach((key, value) -> computed.put(name + "." + key, value));
        });
        return computed;
    }

    /** A loss, or its gradient by the argument. */
    private static NDArray result(String which, NDArray argument, UnaryOperator<NDArray> loss) {
        if (!which.equals("grad")) {
            return loss.apply(argument).reshape(1);
        }
        try (GradientCollector collector = argument.getManager().getEngine().newGradientCollector()) {
            NDArray variable = argument.duplicate();
            variable.setRequiresGradient(true);
            collector.backward(loss.apply(variable));
            return variable.getGradient();
        }
    }

    private static void crossEntropies(RecordedCase recorded, Map<String, NDArray> computed) {
        if (recorded.inputs().containsKey("ce_logits")) {
            NDArray logits = recorded.input("ce_logits");
            NDArray labels = recorded.input("ce_label");
            List<Double> weights = new ArrayList<>();
            for (float weight : recorded.input("class_weight").toFloatArray()) {
                weights.add((double) weight);
            }
            PixelLoss valid = new CrossEntropy(recorded.kernels(), List.of(), CrossEntropy.Averaging.VALID);
            Map<String, PixelLoss> losses = Map.of(
                    "ce_loss_mean_valid", valid,
                    "ce_mmseg_avg_non_ignore", valid,
                    "ce_mmseg_default", new CrossEntropy(recorded.kernels(), List.of(), CrossEntropy.Averaging.ALL),
                    "ce_mmseg_class_weight", new CrossEntropy(recorded.kernels(), weights, CrossEntropy.Averaging.ALL),
                    "ce_torch_class_weight",
                            new CrossEntropy(recorded.kernels(), weights, CrossEntropy.Averaging.VALID));
            losses.forEach((name, loss) ->
                    computed.put(name, loss.of(logits, new PixelLabels(labels)).reshape(1)));
            computed.put("ce_grad", result("grad", logits, each -> valid.of(each, new PixelLabels(labels))));
        }
        if (recorded.inputs().containsKey("refer_logits")) {
            PixelLoss loss = new CrossEntropy(recorded.kernels(), List.of(0.9, 1.1), CrossEntropy.Averaging.VALID);
            computed.put(
                    "refer_ce",
                    loss.of(recorded.input("refer_logits"), new PixelLabels(recorded.input("refer_label")))
                            .reshape(1));
        }
    }

    private static void segmentation(
            RecordedCase recorded, JsonObject metrics, boolean zeroIsIgnored, Map<String, NDArray> values) {
        int classes = metrics.get(CLASSES).getAsInt();
        SegmentationMetrics counted = new SegmentationMetrics(
                IntStream.range(0, classes).mapToObj(String::valueOf).toList());
        NDArray predictions = recorded.input("seg_pred");
        NDArray labels = recorded.input("seg_label");
        for (int i = 0; i < labels.getShape().get(0); i++) {
            Raster truth = Rasters.of(labels.get(i));
            float[] each = truth.values();
            for (int p = 0; zeroIsIgnored && p < each.length; p++) {
                each[p] = each[p] == 0 || each[p] == Raster.IGNORE ? Raster.IGNORE : each[p] - 1;
            }
            counted.update(Rasters.of(predictions.get(i)), truth);
        }
        Map<String, IntToDoubleFunction> named = Map.of(
                "IoU", counted::iou,
                "Acc", counted::accuracy,
                "Dice", counted::dice,
                "Fscore", counted::fScore,
                "Precision", counted::precision,
                "Recall", counted::accuracy);
        named.forEach((name, metric) -> {
            double[] each = IntStream.range(0, classes).mapToDouble(metric).toArray();
            values.put(name, recorded.manager().create(each));
            values.put("mean_nan_ignored." + name, scalar(recorded, counted.mean(metric)));
        });
        double right = counted.report().values().get(SegmentationMetrics.PIXEL_ACCURACY);
        values.put("aAcc", scalar(recorded, right));
        values.put("mean_nan_ignored.aAcc", scalar(recorded, right));
    }

    /** Depth that a formula gives, at the size that the crop is made for. */
    private static void formula(RecordedCase recorded, JsonObject metrics, String name, Map<String, NDArray> values) {
        Matcher parts = DEPTHS.matcher(name);
        parts.matches();
        boolean nyu = parts.group(2).equals("nyu");
        DepthCrop crop =
                nyu ? DepthCrop.NYU_EIGEN : parts.group(2).endsWith("garg") ? DepthCrop.GARG : DepthCrop.KITTI_EIGEN;
        String formula = metrics.get("formula").getAsString();
        int k = metrics.getAsJsonObject(parts.group(1)).get("k").getAsInt();
        int height = nyu ? 480 : 352;
        int width = nyu ? 640 : 1216;
        DepthMetrics counted = new DepthMetrics(
                new DepthRange(MIN_DEPTH, nyu ? NYU_DEPTH : KITTI_DEPTH, false),
                new DepthArea(false, crop),
                DepthMetrics.Averaging.PICTURE);
        counted.update(
                Raster.depth(width, height, evaluate(recorded, formula, "pred", height, width, k)),
                Raster.depth(width, height, evaluate(recorded, formula, "gt", height, width, k)));
        put(recorded, counted, values);
    }

    private static float[] evaluate(RecordedCase recorded, String formula, String side, int height, int width, int k) {
        Matcher terms = Pattern.compile(side + "=\\(\\((\\d*)i\\+(\\d*)j\\+(\\d*)k\\)%(\\d+)\\)/(\\d+)([+-][0-9.]+)")
                .matcher(formula);
        if (!terms.find()) {
            throw new UserException("%s: the formula '%s' does not say what %s is as ((ai+bj+ck)%%m)/n+s"
                    .formatted(recorded.folder().resolve(METRICS), formula, side));
        }
        float[] values = new float[height * width];
        for (int at = 0; at < values.length; at++) {
            int sum = factor(terms.group(1)) * (at / width)
                    + factor(terms.group(2)) * (at % width)
                    + factor(terms.group(3)) * k;
            double value = sum % Integer.parseInt(terms.group(4)) / Double.parseDouble(terms.group(5))
                    + Double.parseDouble(terms.group(6));
            values[at] = (float) Math.max(0, value);
        }
        return values;
    }

    private static int factor(String digits) {
        return digits.isEmpty() ? 1 : Integer.parseInt(digits);
    }

    /** Readings from here on count; the entry in 32 bits has it in its name. */
    private static double least(JsonObject metrics) {
        return metrics.keySet().stream()
                .map(READINGS::matcher)
                .filter(name -> name.matches() && name.group(2) != null)
                .mapToDouble(name -> Double.parseDouble(name.group(2)))
                .findFirst()
                .orElse(MIN_DEPTH);
    }

    private static void depth(RecordedCase recorded, double least, Map<String, NDArray> values) {
        DepthMetrics counted = new DepthMetrics(
                new DepthRange(least, Double.POSITIVE_INFINITY, false),
                new DepthArea(false, DepthCrop.NONE),
                DepthMetrics.Averaging.PICTURE);
        counted.update(Rasters.of(recorded.input("nyu_pred")), Rasters.of(recorded.input("nyu_gt")));
        put(recorded, counted, values);
    }

    private static void put(RecordedCase recorded, DepthMetrics counted, Map<String, NDArray> values) {
        counted.report().values().forEach((name, value) -> values.put(name, scalar(recorded, value)));
        values.put(VALID, recorded.manager().create(new long[] {counted.pixels()}));
    }

    private static NDArray referred(RecordedCase recorded, String name) {
        Matcher number = REFERRED.matcher(name);
        number.matches();
        int picture = Integer.parseInt(number.group(1));
        ReferringMetrics counted = new ReferringMetrics();
        counted.update(
                Rasters.of(recorded.input("refer_logits").get(picture).argMax(0)),
                Rasters.of(recorded.input("refer_label").get(picture)));
        return recorded.manager().create(new double[] {counted.intersection(), counted.union()});
    }

    private static NDArray scalar(RecordedCase recorded, double value) {
        return recorded.manager().create(new double[] {value});
    }
}
