package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import io.iedp.api.data.Batch;
import io.iedp.checkpoints.PublishedForm;
import io.iedp.checkpoints.PublishedHead;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases of VPDRefer, from a picture and a sentence's states: logits and mask. */
public final class VpdReferringVerifier implements Verifier {
    private static final String MASK = "mask";

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
                                PublishedHead.REFERRING_DECODER.settings(own.head(), own.levels()),
                                "guidance.%s.type=%s".formatted(VpdCase.BRANCH, RecordedTexts.TYPE),
                                "task={type: referring-segmentation}"),
                        VpdCase.data(0, 0),
                        kernels -> kernels,
                        PublishedForm.VPD_REFERRING)) {
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
}
