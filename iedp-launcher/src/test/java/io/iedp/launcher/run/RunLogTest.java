package io.iedp.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginJars;
import io.iedp.config.plugin.PluginLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir
    private Path folder;

    @Test
    void whatAPluginLogsGoesWhereAllElseGoes() throws IOException {
        PluginJars.write(folder, "LinearProbe", PluginJars.source("LinearProbe"));
        try (Catalog catalog = PluginLoader.load(folder)) {
            ClassLoader loader = catalog.find(Kind.HEAD, "acme/linear-probe")
                    .orElseThrow()
                    .factory()
                    .getClass()
                    .getClassLoader();

            assertThat(loader).isNotEqualTo(getClass().getClassLoader());
            assertThat(LogManager.getContext(loader, false)).isEqualTo(LogManager.getContext(false));
        }
    }
}
