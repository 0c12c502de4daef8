package io.iedp.backbone;

import io.iedp.api.IedpPlugin;
import io.iedp.api.backbone.BackboneFactory;
import java.util.List;

/** Brings the backbones of this module. */
public final class BackbonePlugin implements IedpPlugin {
    @Override
    public List<BackboneFactory<?>> backbones() {
        return List.of(new StableDiffusionFactory());
    }
}
