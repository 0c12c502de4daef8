package io.iedp.verify.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.api.nn.WeightSource;
import io.iedp.backbone.DiffusersFolder;
import io.iedp.backbone.Trace;
import io.iedp.backbone.VaeConfig;
import io.iedp.pretraining.objective.Autoencoder;
import io.iedp.pretraining.objective.ReconstructionLoss.Posterior;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases of diffusers' AutoencoderKL: states of the encoder, the latents' distribution, the decoded picture. */
public final class VaeVerifier implements Verifier {
    @Override
    public String kind() {
        return "vae";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        VaeConfig config = VaeConfig.parse(DiffusersFolder.config(recorded.folder()));
        Autoencoder vae;
        try (WeightSource source = DiffusersFolder.vae(recorded.folder())) {
            vae = RecordedUnet.load(recorded, source, config, Autoencoder::new);
        }
        Map<String, NDArray> computed = new LinkedHashMap<>();
        Trace trace = new Trace(place -> true, place -> false, false);
        NDArray moments = vae.encoder().moments(recorded.input("pixels"), trace);
        trace.states()
                .forEach((place, state) ->
                        computed.put(place.part() == Part.MID ? "enc_mid" : "enc_down_" + place.block(), state));
        NDArray mean = vae.encoder().mode(recorded.input("pixels"));
        NDArray logVariance = Posterior.of(moments).logVariance();
        computed.put("moments", moments);
        computed.put("mean", mean);
        computed.put("mode", mean);
        computed.put("logvar_clamped", logVariance);
        computed.put("std", logVariance.div(2).exp());
        computed.put("latents_scaled", mean.mul(config.latentScale()));
        computed.put("decoded", vae.decoder().decode(mean));
        return computed;
    }
}
