package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.checkpoints.PublishedForm;
import io.iedp.checkpoints.PublishedHead;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.PerceptionModel;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import io.iedp.verify.tasks.PixelAccuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cases of VPDSeg: features, logits of a whole picture and of one in windows, loss and accuracy in training. */
public final class VpdSegmentationVerifier implements Verifier {
    private static final String CLASSIFIER = "decode_head.conv_seg.weight";
    private static final String CLASSES = "class_embeddings";

    /** The best class of each pixel. */
    private static final String BEST = "argmax";

    private static final String SLID_BEST = "slide_argmax";

    private static final Pattern WINDOW = Pattern.compile("crop (\\d+),? stride (\\d+)");

    private final Catalog catalog;

    public VpdSegmentationVerifier(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String kind() {
        return "vpd-segmentation";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        try (VpdCase own = VpdCase.open(recorded);
                Assembly model = own.build(
                        own.experiment(
                                catalog,
                                head(own),
                                "guidance.%s=%s".formatted(VpdCase.BRANCH, own.classEmbeddings(CLASSES)),
                                task(own)),
                        VpdCase.data(own.head().size(CLASSIFIER, 0), 0),
                        kernels -> kernels,
                        PublishedForm.VPD_SEGMENTATION)) {
            Map<String, NDArray> computed = new LinkedHashMap<>();
            predict(own, model, computed);
            train(own, model, computed);
            return own.kept(computed);
        }
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return name.equals(BEST) || name.equals(SLID_BEST)
                ? new Comparison.Best(1, recorded.tolerance())
                : new Comparison.Values(recorded.tolerance());
    }

    static List<String> head(VpdCase own) {
        List<String> settings = new ArrayList<>(PublishedHead.SEMANTIC_FPN.settings(own.head(), own.levels()));
        settings.add("head.dropout=0");
        return settings;
    }

    /** VPD's windows are as large as its crops in training, and two thirds of that apart. */
    static String task(VpdCase own) {
        Matcher window = WINDOW.matcher(own.meta().string("notes", ""));
        boolean told = window.find();
        long size = told
                ? Long.parseLong(window.group(1))
                : own.recorded().input("image_u8").getShape().get(2);
        long stride = told ? Long.parseLong(window.group(2)) : size * 2 / 3;
        return "task={type: semantic-segmentation, averaging: all, window: %s, stride: %s}".formatted(size, stride);
    }

    private static void predict(VpdCase own, Assembly assembly, Map<String, NDArray> computed) {
        PerceptionModel model = assembly.model();
        Batch batch = assembly.batch(own.samples(own.recorded().input("image_u8"), Map.of(), List.of()));
        Features features = model.features(batch);
        AttentionRequest request = assembly.tasks().main().head().attention();
        for (int i = 0; i < features.levels().size(); i++) {
            int stride = own.stride(i);
            NDArray level = features.levels().get(i);
            computed.put(
                    "feat" + i,
                    request.strides().contains(stride) ? level.concat(features.attention(stride), 1) : level);
        }
        NDArray logits = model.forwardPass(assembly.tasks().main()).of(batch);
        own.put(computed, "logits_full", logits);
        computed.put(BEST, logits);
        if (own.recorded().inputs().containsKey("image2_u8")) {
            Batch large = assembly.batch(own.samples(own.recorded().input("image2_u8"), Map.of(), List.of()));
            NDArray slid = assembly.tasks()
                    .main()
                    .task()
                    .protocol()
                    .infer(model.forwardPass(assembly.tasks().main()), large);
            own.put(computed, "slide_logits", slid);
            computed.put(SLID_BEST, slid);
        }
    }

    private static void train(VpdCase own, Assembly assembly, Map<String, NDArray> computed) {
        PerceptionModel model = assembly.model();
        Batch batch = assembly.batch(own.samples(
                own.recorded().input("image_u8"),
                Map.of(Sample.LABELS, own.recorded().input("label")),
                List.of()));
        computed.put("train_loss_ce", model.losses(batch).get(VpdCase.BRANCH).reshape(1));
        NDArray labels = batch.target(Sample.LABELS);
        Shape size = labels.getShape();
        NDArray logits = own.recorded()
                .kernels()
                .resizeBilinear(
                        assembly.tasks().main().head().forward(model.features(batch), true),
                        Math.toIntExact(size.get(1)),
                        Math.toIntExact(size.get(2)));
        computed.put("train_acc_seg", PixelAccuracy.percent(logits, labels));
    }
}
