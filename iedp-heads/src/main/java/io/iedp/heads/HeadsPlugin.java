package io.iedp.heads;

import io.iedp.api.IedpPlugin;
import io.iedp.api.head.HeadFactory;
import java.util.List;

/** Brings the heads of this module. */
public final class HeadsPlugin implements IedpPlugin {
    @Override
    public List<HeadFactory<?>> heads() {
        return List.of(
                new SemanticFpnFactory(),
                new UperNetFactory(),
                new DepthDecoderFactory(),
                new LinearFactory(),
                new ReferringDecoderFactory());
    }
}
