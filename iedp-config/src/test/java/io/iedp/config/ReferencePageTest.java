package io.iedp.config;

import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages in {@code docs/reference}; written anew with {@code -Diedp.write-docs=true}. */
class ReferencePageTest {
    private static final Path DOCS = Path.of("..", "docs", "reference");
    private static final Catalog CATALOG = PluginLoader.own();

    @ParameterizedTest
    @EnumSource
    void thePageOfEachKindIsUpToDate(Kind kind) throws IOException {
        JsonSchemaTest.upToDate(DOCS.resolve(kind.label() + ".md"), ReferencePage.of(CATALOG, kind));
    }

    @Test
    void thePageOfExperimentFilesIsUpToDate() throws IOException {
        JsonSchemaTest.upToDate(DOCS.resolve("experiment.md"), ReferencePage.ofExperiments());
    }
}
