package io.iedp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.nn.WeightsPath;
import io.iedp.config.experiment.Component;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.Kind;
import io.iedp.config.plugin.PluginLoader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weights: SCHEME://NAME}, on the backbone that comes with the project. */
class WeightsByNameTest {
    private static final Catalog CATALOG = PluginLoader.load(Path.of("none"));

    private static Component backbone(String weights) {
        return ComponentBinder.bind(
                CATALOG, Kind.BACKBONE, "stable-diffusion", List.of("weights=\"%s\"".formatted(weights)));
    }

    private static WeightsPath weights(Component component) throws ReflectiveOperationException {
        for (RecordComponent key : component.configuration().getClass().getRecordComponents()) {
            if (key.getName().equals("weights")) {
                return (WeightsPath) ((Optional<?>) key.getAccessor().invoke(component.configuration())).orElseThrow();
            }
        }
        throw new AssertionError("no key weights");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"iedp://rooms", "iedp://rooms/vae", "iedp://no-such-model", "models/sd", "/models/sd", "C:/sd"})
    void theResolvedFileHasItAsItWasWritten(String text) throws ReflectiveOperationException {
        Component component = backbone(text);
        assertThat(weights(component)).hasToString(text);
        assertThat(ResolvedFile.write(component.configuration(), Map.of())).contains("weights: ", text);
    }

    @Test
    void theResolvedFileHasTheCommitOfAnAlias() {
        Component component = backbone("hf://sd-1.5/unet");
        assertThat(ResolvedFile.write(component.configuration(), Map.of()))
                .contains(
                        "\"hf://stable-diffusion-v1-5/stable-diffusion-v1-5@451f4fe16113bff5a5d2269ed5ad43b0592e9a14/unet\"");
    }

    @Test
    void allWeightsOfAConfigurationAreFoundByTheirKeys() throws ReflectiveOperationException {
        Component component = backbone("hf://sd-1.5");
        assertThat(NamedWeights.in(component.configuration()))
                .containsExactly(Map.entry("weights", weights(component)));
    }

    @Test
    void aPathIsAPath() throws ReflectiveOperationException {
        assertThat(weights(backbone("models/sd")).path()).isEqualTo(Path.of("models/sd"));
        assertThat(weights(backbone("~/sd")).path()).isEqualTo(Path.of(System.getProperty("user.home"), "sd"));
    }

    @Test
    void aNameIsAskedForOnlyWhenThePathIs() throws ReflectiveOperationException {
        WeightsPath unknown = weights(backbone("iedp://no-such-model"));
        assertThatThrownBy(unknown::path)
                .isInstanceOf(UserException.class)
                .hasMessage("There is no model iedp://no-such-model; there is iedp://rooms");
    }

    @Test
    void aSchemeThatNobodyHasIsRefusedWhereItIsWritten() {
        assertThatThrownBy(() -> backbone("idep://rooms"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("weights")
                .hasMessageContaining("no plugin has weights by names that begin with 'idep://'")
                .hasMessageContaining("did you mean 'iedp://'? --plugin-path=PATH loads a plugin");
    }
}
