package io.iedp.heads;

import io.iedp.api.IedpPlugin;
import io.iedp.api.head.HeadFactory;
import io.iedp.api.verify.Verifier;
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

    @Override
    public List<Verifier> verifiers() {
        return List.of(new HeadsVerifier(), new DepthDecoderVerifier());
    }
}
