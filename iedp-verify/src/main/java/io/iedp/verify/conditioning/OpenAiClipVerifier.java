package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.nn.WeightSource;
import io.iedp.conditioning.ClipText;
import io.iedp.conditioning.ClipVision;
import io.iedp.conditioning.TransformersFolder;
import io.iedp.nn.files.WeightFiles;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of OpenAI's CLIP class: the features of pictures and texts, and how well they go together. */
public final class OpenAiClipVerifier implements Verifier {
    @Override
    public String kind() {
        return "openai-clip";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        TransformersFolder textFolder = new TransformersFolder(recorded.folder(), "text");
        RecordedClip<ClipText> text = RecordedClip.text(recorded, textFolder);
        RecordedClip<ClipVision> vision =
                RecordedClip.vision(recorded, new TransformersFolder(recorded.folder(), "vision"));
        NDArray ids = recorded.input("text");
        NDArray texts =
                projected(recorded, text, text.encoder().pool(text.encoder().encode(ids), ids));
        NDArray pixels = recorded.input("image");
        NDArray images = projected(
                recorded, vision, vision.encoder().pool(vision.encoder().encode(pixels)));
        NDArray perImage =
                unit(images).mul(temperature(recorded)).matMul(unit(texts).transpose());
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put("text_features", texts);
        computed.put("image_features", images);
        computed.put("logits_per_image", perImage);
        computed.put("logits_per_text", perImage.transpose());
        return computed;
    }

    private static NDArray projected(RecordedCase recorded, RecordedClip<?> clip, NDArray pooled) {
        return clip.project(pooled)
                .orElseThrow(() -> new UserException("%s has no projections".formatted(recorded.folder())));
    }

    private static NDArray temperature(RecordedCase recorded) {
        try (WeightSource source = WeightFiles.inFolder(recorded.folder(), "model", "pytorch_model")) {
            return source.read("logit_scale", recorded.manager()).exp();
        }
    }

    /** The rows, of length 1. */
    private static NDArray unit(NDArray rows) {
        return rows.div(rows.square().sum(new int[] {1}, true).sqrt());
    }
}
