package io.iedp.launcher.verify;

import io.iedp.api.verify.Verifier;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import io.iedp.nn.testing.RecordedCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole models of installed components against VPD's own. */
class WholeModelsTest {
    private static List<Verifier> verifiers() {
        Catalog catalog = PluginLoader.own();
        return Stream.of("vpd-segmentation", "vpd-depth", "vpd-referring", "training")
                .flatMap(kind -> WholeModels.verifiers(catalog, kind).stream())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> recordedCases() {
        return RecordedCases.of(verifiers());
    }
}
