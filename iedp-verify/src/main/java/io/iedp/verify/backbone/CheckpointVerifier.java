package io.iedp.verify.backbone;

import ai.djl.ndarray.NDArray;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.backbone.CompVisFile;
import io.iedp.backbone.PublishedWeights;
import io.iedp.backbone.Trace;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.pretraining.objective.Autoencoder;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.files.CheckpointFolder;
import io.iedp.verify.files.FilesVerifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Cases of CompVis' LatentDiffusion in a single file: its UNet and its autoencoder, whichever a case expects. */
public final class CheckpointVerifier extends FilesVerifier {
    private static final String VAE = "vae_";
    private static final String TEXT = "text_";

    @Override
    public String kind() {
        return "checkpoint";
    }

    @Override
    protected Map<String, NDArray> compute(RecordedCase recorded, CheckpointFolder folder, Path file) {
        Set<String> expected = recorded.expected().keySet();
        UnetConfig unet = UnetConfig.parse(folder.config("unet"));
        try (PublishedWeights published = CompVisFile.open(file, unet.heads().get(0), unet.groups())) {
            Map<String, NDArray> computed = new LinkedHashMap<>();
            if (expected.stream().anyMatch(name -> !name.startsWith(VAE) && !name.startsWith(TEXT))) {
                computed.putAll(unet(recorded, published, unet));
            }
            if (expected.stream().anyMatch(name -> name.startsWith(VAE))) {
                computed.putAll(vae(recorded, published, VaeConfig.parse(folder.config("vae"))));
            }
            return computed;
        }
    }

    private static Map<String, NDArray> unet(RecordedCase recorded, PublishedWeights published, UnetConfig config) {
        RecordedUnet unet = RecordedUnet.load(recorded, published.unet(), config);
        NDArray sample = recorded.input("sample");
        NDArray context = recorded.input("context");
        Trace trace = new Trace(place -> true, place -> false, false);
        Map<String, NDArray> computed = new LinkedHashMap<>();
        computed.put("eps", unet.predict(sample, recorded.input("timesteps"), context, trace));
        computed.put("eps_t2", unet.predict(sample, recorded.input("timesteps2"), context, Trace.none()));
        trace.states().forEach((place, state) -> {
            if (place.part() == Part.MID) {
                computed.put("middle_block", state);
            } else if (place.part() == Part.UP) {
                // CompVis counts the change of size to the last block before it.
                int layer = place.isEnd() ? config.layers() : place.layer();
                computed.put("output_blocks." + (place.block() * (config.layers() + 1) + layer), state);
            }
        });
        return computed;
    }

    private static Map<String, NDArray> vae(RecordedCase recorded, PublishedWeights published, VaeConfig config) {
        Autoencoder vae = RecordedUnet.load(recorded, published.vae(), config, Autoencoder::new);
        NDArray moments = vae.encoder().moments(recorded.input("pixels"), Trace.none());
        NDArray mode = vae.encoder().mode(recorded.input("pixels"));
        return Map.of(
                "vae_moments",
                moments,
                "vae_mode",
                mode,
                "vae_mode_scaled",
                mode.mul(config.latentScale()),
                "vae_decoded",
                vae.decoder().decode(mode));
    }
}
