package io.iedp.verify.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.conditioning.TextAdapter;
import io.iedp.nn.Layers;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Cases of VPD's text adapters: for segmentation, depth and referring segmentation. */
public final class TextAdapterVerifier implements Verifier {
    @Override
    public String kind() {
        return "text-adapter";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Map<String, NDArray> computed = new LinkedHashMap<>();
        try (StoredSource file = WeightFiles.inFolder(recorded.folder(), "model", "pytorch_model")) {
            // All classes for each picture, (B, classes, width).
            adapter(recorded, file, "seg").ifPresent(adapter -> {
                NDArray texts = adapter.apply(recorded.input("texts"));
                long pictures = recorded.input("latents").getShape().get(0);
                computed.put("seg", texts.expandDims(0).repeat(0, pictures));
            });
            // One class for each picture, (B, 1, width).
            adapter(recorded, file, "depth")
                    .ifPresent(adapter -> computed.put(
                            "depth", adapter.apply(recorded.input("texts")).expandDims(1)));
            // All tokens of a sentence for each picture, (B, tokens, width).
            adapter(recorded, file, "refer")
                    .ifPresent(adapter -> computed.put("refer", adapter.apply(recorded.input("texts_refer"))));
        }
        return computed;
    }

    private static Optional<TextAdapter> adapter(RecordedCase recorded, StoredSource file, String name) {
        if (!recorded.expected().containsKey(name)) {
            return Optional.empty();
        }
        String prefix = name + ".";
        StoredSource own =
                new RenamedSource(file, each -> each.startsWith(prefix) ? each.substring(prefix.length()) : "");
        Shape hidden = own.shape("fc.0.weight")
                .filter(shape -> shape.dimension() == 2)
                .orElseThrow(() ->
                        new UserException("%s has no matrix '%sfc.0.weight'".formatted(file.description(), prefix)));
        int width = Math.toIntExact(hidden.get(1));
        int between = Math.toIntExact(hidden.get(0));
        return Optional.of(Layers.load(
                own,
                new ModelWeights(recorded.manager(), 0).frozen(),
                recorded.kernels(),
                layers -> TextAdapter.of(layers, width, between, recorded.input("gamma"))));
    }
}
