package io.iedp.verify.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.api.nn.WeightSource;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.Trace;
import io.iedp.backbone.UnetConfig;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of diffusers' UNet2DConditionModel: predictions, states after blocks and cross-attention maps. */
public final class UnetVerifier implements Verifier {
    private static final String TIMESTEPS = "timesteps";

    @Override
    public String kind() {
        return "unet";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        UnetConfig config = UnetConfig.parse(DiffusersFolder.config(recorded.folder()));
        RecordedUnet unet;
        try (WeightSource source = DiffusersFolder.unet(recorded.folder())) {
            unet = RecordedUnet.load(recorded, source, config);
        }
        NDArray sample = recorded.input("sample");
        NDArray context = recorded.input("encoder_hidden_states");
        Trace trace = new Trace(place -> true, place -> true, true);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put("time_embedding", unet.embed(recorded.input(TIMESTEPS)));
        computed.put("eps", unet.predict(sample, recorded.input(TIMESTEPS), context, trace));
        trace.states().forEach((place, state) -> computed.put(state(place), state));
        trace.weights().forEach((place, weights) -> {
            computed.put("xattn_heads." + attention(place), weights);
            computed.put("xattn_mean." + attention(place), weights.mean(new int[] {1}));
        });
        recorded.inputs().forEach((name, timesteps) -> {
            if (name.matches(TIMESTEPS + "\\d+")) {
                computed.put(
                        "eps_t" + name.substring(TIMESTEPS.length()),
                        unet.predict(sample, timesteps, context, Trace.none()));
            }
        });
        return computed;
    }

    private static String state(Trace.Place place) {
        if (place.part() == Part.MID) {
            return "mid_block_out";
        }
        String part = place.part() == Part.DOWN ? "down" : "up";
        return place.isEnd()
                ? "%s_block_%s_out".formatted(part, place.block())
                : "%s_%s_%s".formatted(part, place.block(), place.layer());
    }

    /** The name that diffusers gives the cross-attention there. */
    private static String attention(Trace.Place place) {
        String block = switch (place.part()) {
            case DOWN -> "down_blocks." + place.block();
            case MID -> "mid_block";
            case UP -> "up_blocks." + place.block();
        };
        return "%s.attentions.%s.transformer_blocks.0.attn2".formatted(block, place.layer());
    }
}
