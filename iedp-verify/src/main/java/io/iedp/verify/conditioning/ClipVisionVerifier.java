package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.conditioning.ClipVision;
import io.iedp.conditioning.TransformersFolder;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of transformers' CLIPVisionModel, with and without projection. */
public final class ClipVisionVerifier implements Verifier {
    @Override
    public String kind() {
        return "clip-vision";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        RecordedClip<ClipVision> clip =
                RecordedClip.vision(recorded, new TransformersFolder(recorded.folder(), "vision"));
        ClipVision vision = clip.encoder();
        NDArray pixels = recorded.input("pixel_values");
        NDArray encoded = vision.encode(pixels);
        NDArray pooled = vision.pool(encoded);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put("last_hidden_state", encoded);
        computed.put("pooler_output", pooled);
        clip.project(pooled).ifPresent(projected -> computed.put("image_embeds", projected));
        NDList states = vision.states(pixels);
        for (int i = 0; i < states.size(); i++) {
            computed.put("hidden_" + i, states.get(i));
        }
        return computed;
    }
}
