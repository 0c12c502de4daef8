package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.verify.RecordedCase;
import io.iedp.api.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of diffusers' AutoencoderKL: states of the encoder, the latents' distribution, the decoded picture. */
final class VaeVerifier implements Verifier {
    @Override
    public String kind() {
        return "vae";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        VaeConfig config = VaeConfig.parse(DiffusersFolder.config(recorded.folder()));
        RecordedVae vae;
        try (WeightSource source = DiffusersFolder.vae(recorded.folder())) {
            vae = RecordedVae.load(recorded, source, config);
        }
        Map<String, NDArray> computed = new LinkedHashMap<>();
        Trace trace = new Trace(place -> true, place -> false, false);
        NDArray moments = vae.encoder().moments(recorded.input("pixels"), trace);
        trace.states()
                .forEach((place, state) ->
                        computed.put(place.part() == Part.MID ? "enc_mid" : "enc_down_" + place.block(), state));
        NDArray mean = vae.mean(moments);
        NDArray logVariance = vae.logVariance(moments);
        computed.put("moments", moments);
        computed.put("mean", mean);
        computed.put("mode", vae.encoder().mode(recorded.input("pixels")));
        computed.put("logvar_clamped", logVariance);
        computed.put("std", logVariance.div(2).exp());
        computed.put("latents_scaled", mean.mul(config.latentScale()));
        computed.put("decoded", vae.decoder().decode(mean));
        return computed;
    }
}
