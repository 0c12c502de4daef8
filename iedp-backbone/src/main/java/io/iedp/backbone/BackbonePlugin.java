package io.iedp.backbone;

import io.iedp.api.IedpPlugin;
import io.iedp.api.backbone.BackboneFactory;
import io.iedp.api.verify.Verifier;
import io.iedp.nn.verify.PickleVerifier;
import java.util.List;

/** Brings the backbones of this module. */
public final class BackbonePlugin implements IedpPlugin {
    @Override
    public List<BackboneFactory<?>> backbones() {
        return List.of(new StableDiffusionFactory());
    }

    @Override
    public List<Verifier> verifiers() {
        return List.of(
                new UnetVerifier(),
                new VaeVerifier(),
                new CheckpointVerifier(),
                new BackboneVerifier(),
                new PickleVerifier());
    }
}
