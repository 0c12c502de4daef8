package io.iedp.io.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource({
        "https://ada:s3cret@host/x, https://***@host/x",
        "http://s3cret@host:80, http://***@host:80",
        "s3://ada:s3@cret@host/x and ftp://a:s3cret@b, s3://***@host/x and ftp://***@b",
        "https://h/x?a=1&access_token=s3cret&b=2, https://h/x?a=1&access_token=***&b=2",
        "https://h/x?token=s3cret#top, https://h/x?token=***#top",
        "https://h/x?API_KEY=s3cret, https://h/x?API_KEY=***",
        "https://h/x?X-Amz-Signature=s3cret, https://h/x?X-Amz-Signature=***",
        "https://h/x?sig=s3cret;sv=1, https://h/x?sig=***;sv=1",
        "'GET \"https://ada:s3cret@h/\" failed', 'GET \"https://***@h/\" failed'"
    })
    void whatLetsSomebodyInIsNotShown(String text, String shown) {
        assertThat(Secrets.mask(text)).isEqualTo(shown).doesNotContain("s3cret");
        assertThat(Secrets.mask(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host/@user/x",
                "mail ada@host.org",
                "tokens=24",
                "a photo of {labels}",
                "https://h/x?tokens=3",
                "see https://h, or ada@host"
            })
    void otherTextStays(String text) {
        assertThat(Secrets.mask(text)).isEqualTo(text);
    }
}
