package io.iedp.verify.pretraining;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.nn.Gradients;
import io.iedp.pretraining.objective.ContrastiveLoss;
import io.iedp.verify.Comparison;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Cases of open_clip's losses: of CLIP and of SigLIP, with one or several positives. */
public final class ContrastiveLossVerifier implements Verifier {
    private static final String SEVERAL = "_multi";

    @Override
    public String kind() {
        return "contrastive-loss";
    }

    @Override
    public Comparison comparison(RecordedCase recorded, String name) {
        return RecordedGradients.comparison(recorded, name);
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        RecordedSampler.meta(recorded)
                .section("formulas")
                .json()
                .keySet()
                .forEach(variant -> add(recorded, variant, computed));
        return computed;
    }

    private static void add(RecordedCase recorded, String variant, Map<String, NDArray> computed) {
        String loss = variant.replace(SEVERAL, "");
        boolean sigmoid = loss.equals("siglip");
        if (!sigmoid && !loss.equals("clip")) {
            throw new UserException("%s: the loss '%s' is not implemented".formatted(recorded.folder(), variant));
        }
        Map<String, NDArray> inputs = new LinkedHashMap<>();
        inputs.put("image", copy(recorded, "image"));
        inputs.put("text", copy(recorded, "text"));
        inputs.put("logit_scale", copy(recorded, "logit_scale_" + loss));
        if (sigmoid) {
            inputs.put("logit_bias", copy(recorded, "logit_bias"));
        }
        NDArray image = inputs.get("image");
        Object[] keys = variant.endsWith(SEVERAL)
                ? LongStream.of(recorded.input("ids").toLongArray()).boxed().toArray()
                : IntStream.range(0, Math.toIntExact(image.getShape().get(0)))
                        .boxed()
                        .toArray();
        NDArray positives = ContrastiveLoss.positives(image, keys);
        ContrastiveLoss of = sigmoid ? ContrastiveLoss.SIGMOID : ContrastiveLoss.SOFTMAX;
        NDArray value =
                new RecordedGradients(recorded, inputs).add(variant, () -> of.of(logits(inputs), positives), computed);
        computed.put("loss." + variant, value);
        try (Gradients.Recording off = Gradients.pause()) {
            computed.put("logits." + variant, logits(inputs));
        }
    }

    private static NDArray logits(Map<String, NDArray> inputs) {
        NDArray logits = ContrastiveLoss.logits(
                ContrastiveLoss.normalized(inputs.get("image")),
                ContrastiveLoss.normalized(inputs.get("text")),
                inputs.get("logit_scale"));
        return inputs.containsKey("logit_bias") ? logits.add(inputs.get("logit_bias")) : logits;
    }

    private static NDArray copy(RecordedCase recorded, String name) {
        NDArray copy = recorded.input(name).duplicate();
        copy.setRequiresGradient(true);
        return copy;
    }
}
