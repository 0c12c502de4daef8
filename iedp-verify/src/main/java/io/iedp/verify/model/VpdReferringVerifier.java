package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases of VPDRefer, from a picture and a sentence's states: logits and mask. */
public final class VpdReferringVerifier implements Verifier {
    private static final String MASK = "mask";
    private static final String LAST = "classifier.conv1_1.weight";

    private final Catalog catalog;

    public VpdReferringVerifier(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String kind() {
        return "vpd-referring";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        RecordedTexts texts = new RecordedTexts(recorded.input("l_feats"));
        try (VpdCase own = VpdCase.open(recorded);
                Assembly assembly = own.build(
                        own.experiment(
                                catalog.with(texts.installed()),
                                "guidance.%s.type=%s".formatted(VpdCase.BRANCH, RecordedTexts.TYPE),
                                head(own),
                                "task={type: referring-segmentation}"),
                        VpdCase.data(0, 0),
                        kernels -> kernels,
                        VpdReferringVerifier::rename)) {
            assembly.pack();
            Batch batch = assembly.batch(own.samples(recorded.input("image_u8"), Map.of(), List.of()));
            NDArray logits = assembly.tasks()
                    .main()
                    .task()
                    .protocol()
                    .infer(assembly.model().forwardPass(assembly.tasks().main()), batch);
            Map<String, NDArray> computed = new LinkedHashMap<>();
            own.put(computed, "logits", logits);
            computed.put(MASK, logits);
            return own.kept(computed);
        }
    }

    /** The mask is the better of two classes. */
    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return name.equals(MASK)
                ? new Comparison.Best(1, recorded.tolerance())
                : new Comparison.Values(recorded.tolerance());
    }

    /** A level whose convolution takes more channels than the levels have has the attention maps behind them. */
    private static String head(VpdCase own) {
        int channels = own.head().size(LAST, 1);
        List<Integer> levels = own.channels();
        List<Integer> strides = new ArrayList<>();
        int before = levels.get(levels.size() - 1);
        for (int i = levels.size() - 2; i >= 0; i--) {
            if (own.head().size("classifier.conv1_%s.weight".formatted(i + 2), 1) > before + levels.get(i)) {
                strides.add(own.stride(i));
            }
            before = channels;
        }
        return "head={type: referring-decoder, channels: %s, attention: {strides: %s}}".formatted(channels, strides);
    }

    private static String rename(String name) {
        return name.startsWith("classifier.")
                ? name.replaceFirst("classifier", "head")
                : "guidance.%s.%s".formatted(VpdCase.BRANCH, name);
    }
}
