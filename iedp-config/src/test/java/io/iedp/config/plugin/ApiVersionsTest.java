package io.iedp.config.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionsTest {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1, true",
        "0.2, 0.1, false",
        "0.1, 0.2, false",
        "1.0, 0.9, false",
        "1.3, 1.3, true",
        "1.3, 1.0, true",
        "1.3, 1.4, false",
        "1.10, 1.9, true",
        "2.0, 1.9, false",
        "1.0, 1, false",
        "1.0, '', false",
        "1.0, 1.0.0, false"
    })
    void aHostTakesItsOwnMajorVersionUpToItsMinorOne(String host, String plugin, boolean accepted) {
        assertThat(ApiVersions.accepts(host, plugin)).isEqualTo(accepted);
    }
}
