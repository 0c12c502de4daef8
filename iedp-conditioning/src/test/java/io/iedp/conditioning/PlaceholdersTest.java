package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a photo of a {}", "{Labels}", "{ labels }", "{labels", "labels}", "{{labels}}", "{labels,}"})
    void whatIsNoPlaceholderIsRefusedBeforeTraining(String template) {
        assertThatThrownBy(() ->
                        Branches.labelPrompt(template, LabelPromptConfig.Tokens.ALL, LabelPromptConfig.Use.TRAINING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("template has '")
                .hasMessageContaining("{labels}")
                .hasMessageContaining("{scene}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a photo", "a photo of {labels}", "{scene}: {labels}", "{my-text} {other_text2}"})
    void placeholdersAndPlainTextAreTaken(String template) {
        assertThatCode(() -> Placeholders.require("template", template)).doesNotThrowAnyException();
    }

    @Test
    void classNamesForWhichAPromptIsCutAreFound() {
        Prompt prompt = new Prompt("a {labels}", ", ", List.of("wall", "crt screen", "bed"));

        assertThat(prompt.tooLong(words -> words.length() <= "a wall".length())).containsExactly("crt screen");
        assertThat(new Prompt("a photo", ", ", List.of("wall")).tooLong(words -> false))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a photo of {}", "a photo of {labels}", "a {scene}"})
    void aPromptForAllPicturesHasNoPlaceholder(String prompt) {
        assertThatThrownBy(() -> Placeholders.refuse("prompt", prompt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prompt has a placeholder");
    }
}
