package example.torchscript;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.FeatureLevel;
import io.iedp.api.backbone.Features;
import java.nio.file.Files;
import java.util.List;

/** Runs a frozen network. Gradients flow through it to the guidance, which is what trains. */
final class TorchScriptBackbone implements Backbone {
    private final TorchScriptConfig configuration;
    private final PtSymbolBlock network;

    TorchScriptBackbone(TorchScriptConfig configuration, NDManager manager) {
        this.configuration = configuration;
        if (!Files.isRegularFile(configuration.file())) {
            throw new UserException("backbone.file: there is no %s".formatted(configuration.file()));
        }
        try {
            network = JniUtils.loadModule(
                    (PtNDManager) manager, configuration.file(), true, new String[0], new String[0], false);
        } catch (EngineException e) {
            throw new UserException("backbone.file: %s is no TorchScript file".formatted(configuration.file()), e);
        }
    }

    @Override
    public List<FeatureLevel> levels() {
        return configuration.levels().stream()
                .map(level -> new FeatureLevel(level.channels(), level.stride()))
                .toList();
    }

    @Override
    public int contextWidth() {
        return configuration.contextWidth();
    }

    /** The largest stride, of which all others are parts. */
    @Override
    public int sizeMultiple() {
        return configuration.levels().get(configuration.levels().size() - 1).stride();
    }

    /** The network takes pixels themselves. */
    @Override
    public NDArray encode(NDArray pixels) {
        return pixels;
    }

    @Override
    public Features features(NDArray latents, NDArray context) {
        NDList levels = IValueUtils.forward(network, new NDList(latents, context), true);
        check(levels, latents.getShape());
        return new Features(levels);
    }

    private void check(NDList levels, Shape pixels) {
        if (levels.size() != levels().size()) {
            throw new UserException("backbone.levels has %s levels, but %s gives %s."
                    .formatted(levels().size(), configuration.file(), levels.size()));
        }
        for (int i = 0; i < levels.size(); i++) {
            FeatureLevel level = levels().get(i);
            Shape expected = new Shape(
                    pixels.get(0),
                    level.channels(),
                    pixels.get(2) / level.stride(),
                    pixels.get(3) / level.stride());
            if (!levels.get(i).getShape().equals(expected)) {
                throw new UserException("backbone.levels.%s must give %s for pixels of %s, but %s gives %s."
                        .formatted(i, expected, pixels, configuration.file(), levels.get(i).getShape()));
            }
        }
    }
}
