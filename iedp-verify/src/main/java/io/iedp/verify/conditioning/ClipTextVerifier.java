package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.conditioning.ClipText;
import io.iedp.conditioning.TransformersFolder;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of transformers' CLIPTextModel, with and without projection. */
public final class ClipTextVerifier implements Verifier {
    @Override
    public String kind() {
        return "clip-text";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        RecordedClip<ClipText> clip = RecordedClip.text(recorded, new TransformersFolder(recorded.folder(), "text"));
        ClipText text = clip.encoder();
        NDArray ids = recorded.input("input_ids");
        NDArray encoded = text.encode(ids);
        NDArray pooled = text.pool(encoded, ids);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put("last_hidden_state", encoded);
        computed.put("pooler_output", pooled);
        clip.project(pooled).ifPresent(projected -> computed.put("text_embeds", projected));
        NDList states = text.states(ids);
        for (int i = 0; i < states.size(); i++) {
            computed.put("hidden_" + i, states.get(i));
        }
        computed.put("penultimate_final_ln", text.norm(states.get(states.size() - 2)));
        if (recorded.inputs().containsKey("short_ids")) {
            computed.put(
                    "masked_last_hidden_state", text.encode(recorded.input("short_ids"), recorded.input("short_mask")));
        }
        return computed;
    }
}
