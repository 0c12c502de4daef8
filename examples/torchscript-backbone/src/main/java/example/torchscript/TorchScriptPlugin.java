package example.torchscript;

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.backbone.BackboneFactory;
import java.util.List;

/** Brings the backbone. */
@ApiVersion(ApiVersion.CURRENT)
public final class TorchScriptPlugin implements IedpPlugin {
    @Override
    public List<BackboneFactory<?>> backbones() {
        return List.of(new TorchScriptFactory());
    }
}
