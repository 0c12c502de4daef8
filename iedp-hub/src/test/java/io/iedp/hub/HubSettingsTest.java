package io.iedp.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
    @TempDir
    private Path home;

    private HubSettings of(Map<String, String> environment) {
        return HubSettings.of(environment, home.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-  | -  | -  | -  | HOME/.cache/huggingface/hub",
                "-  | -  | -  | /x | /x/huggingface/hub",
                "-  | -  | /h | /x | /h/hub",
                "-  | /u | /h | /x | /u",
                "/c | /u | /h | /x | /c",
                "'' | '' | /h | '' | /h/hub",
                "~/c | -  | -  | - | HOME_OF_JAVA/c",
            })
    void theCacheIsWhereThePythonClientHasIt(String cache, String old, String hub, String xdg, String expected) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HF_HUB_CACHE", cache);
        environment.put("HUGGINGFACE_HUB_CACHE", old);
        environment.put("HF_HOME", hub);
        environment.put("XDG_CACHE_HOME", xdg);
        environment.values().removeIf(Objects::isNull);
        assertThat(of(environment).cache())
                .hasToString(expected.replace("HOME_OF_JAVA", System.getProperty("user.home"))
                        .replace("HOME", home.toString()));
    }

    @Test
    void theTokenIsThatOfTheVariableThenOfItsFileThenOfTheHome() throws IOException {
        assertThat(of(Map.of()).token()).isEmpty();
        Path own = home.resolve(".cache/huggingface/token");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "of-home\n");
        Path other = Files.writeString(home.resolve("other"), " of-path \n");
        assertThat(of(Map.of()).token()).hasValue("of-home");
        assertThat(of(Map.of("HF_TOKEN_PATH", other.toString())).token()).hasValue("of-path");
        assertThat(of(Map.of("HF_TOKEN_PATH", other.toString(), "HF_TOKEN", "given"))
                        .token())
                .hasValue("given");
        assertThat(of(Map.of("HF_TOKEN", "given"))).asString().doesNotContain("given");
        assertThatThrownBy(() -> of(Map.of("HF_TOKEN", "a\nb: c")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("HF_TOKEN has a token");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "on, true", "YES, true", "true, true", "0, false", "'', false", "no, false"})
    void offlineIsWhatThePythonClientTakesForYes(String value, boolean offline) {
        assertThat(of(Map.of("HF_HUB_OFFLINE", value)).offline()).isEqualTo(offline);
        assertThat(of(Map.of("TRANSFORMERS_OFFLINE", value)).offline()).isEqualTo(offline);
    }

    @Test
    void anEndpointHasNoSlashAtItsEnd() {
        assertThat(of(Map.of("HF_ENDPOINT", "http://127.0.0.1:8080/hub/")).endpoint())
                .hasToString("http://127.0.0.1:8080/hub");
        assertThat(of(Map.of()).endpoint().getScheme()).isEqualTo("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub.example", "ftp://hub.example", "https://", "https://me:secret@hub.example", "a b"})
    void whatIsNoEndpointIsRefused(String endpoint) {
        assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", endpoint)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("HF_ENDPOINT is '")
                .hasMessageNotContaining("secret");
    }
}
