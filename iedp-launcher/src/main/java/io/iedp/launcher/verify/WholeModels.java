package io.iedp.launcher.verify;

import io.iedp.api.verify.Verifier;
import io.iedp.config.plugin.Catalog;
import java.util.List;
import java.util.stream.Stream;

/** The verifiers of cases that span the components of several plugins. */
public final class WholeModels {
    private WholeModels() {}

    /** Those of one kind, which build their models of the installed components. */
    public static List<Verifier> verifiers(Catalog catalog, String kind) {
        return Stream.<Verifier>of(
                        new VpdSegmentationVerifier(catalog),
                        new VpdDepthVerifier(catalog),
                        new VpdReferringVerifier(catalog),
                        new VpdTrainingVerifier(catalog))
                .filter(verifier -> verifier.kind().equals(kind))
                .toList();
    }
}
