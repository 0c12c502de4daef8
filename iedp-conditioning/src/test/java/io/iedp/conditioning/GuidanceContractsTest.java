package io.iedp.conditioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.ComponentFactory;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.testkit.Contracts;
import io.iedp.testkit.GuidanceContract;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for each branch of guidance, with random weights. */
class GuidanceContractsTest {
    @Test
    void everyOneIsHere() {
        assertThat(Contracts.types(this))
                .containsExactlyInAnyOrderElementsOf(new ConditioningPlugin()
                        .guidance().stream().map(ComponentFactory::type).toList());
    }

    @Nested
    class ClipImages extends GuidanceContract<ClipImageConfig> {
        @Override
        protected GuidanceFactory<ClipImageConfig> factory() {
            return new ClipImageFactory();
        }

        @Override
        protected ClipImageConfig configuration() {
            return new ClipImageConfig(
                    Optional.empty(),
                    Optional.of(5),
                    3,
                    0.02,
                    2,
                    2,
                    4,
                    ClipImageConfig.Tokens.ALL,
                    0,
                    Fit.SQUEEZE,
                    1,
                    When.ALWAYS,
                    new ClipImageConfig.Architecture(8, 4, 12, 2, 2));
        }
    }

    @Nested
    class LabelPrompts extends GuidanceContract<LabelPromptConfig> {
        @Override
        protected GuidanceFactory<LabelPromptConfig> factory() {
            return new LabelPromptFactory();
        }

        @Override
        protected LabelPromptConfig configuration() {
            return Branches.labelPrompt(
                    "a photo of {labels}", LabelPromptConfig.Tokens.values()[0], LabelPromptConfig.Use.values()[0]);
        }
    }

    @Nested
    class Captions extends GuidanceContract<CaptionConfig> {
        @Override
        protected GuidanceFactory<CaptionConfig> factory() {
            return new CaptionFactory();
        }

        @Override
        protected CaptionConfig configuration() {
            return Branches.caption(Optional.empty(), "caption", CaptionConfig.Missing.values()[0], true);
        }
    }

    @Nested
    class ClassNames extends GuidanceContract<ClassEmbeddingsConfig> {
        @Override
        protected GuidanceFactory<ClassEmbeddingsConfig> factory() {
            return new ClassEmbeddingsFactory();
        }

        @Override
        protected ClassEmbeddingsConfig configuration() {
            return Branches.classes(Optional.empty(), ClassEmbeddingsConfig.Select.values()[0], SceneMatch.values()[0]);
        }
    }

    @Nested
    class LearnedPrompts extends GuidanceContract<LearnedPromptsConfig> {
        @Override
        protected GuidanceFactory<LearnedPromptsConfig> factory() {
            return new LearnedPromptsFactory();
        }

        @Override
        protected LearnedPromptsConfig configuration() {
            return new LearnedPromptsConfig(4, 1, 1, When.ALWAYS);
        }
    }

    @Nested
    class FixedPrompts extends GuidanceContract<FixedPromptConfig> {
        @Override
        protected GuidanceFactory<FixedPromptConfig> factory() {
            return new FixedPromptFactory();
        }

        @Override
        protected FixedPromptConfig configuration() {
            return Branches.fixedPrompt("a room");
        }
    }

    @Nested
    class None extends GuidanceContract<NoGuidanceConfig> {
        @Override
        protected GuidanceFactory<NoGuidanceConfig> factory() {
            return new NoGuidanceFactory();
        }

        @Override
        protected NoGuidanceConfig configuration() {
            return new NoGuidanceConfig(2, 1, When.ALWAYS);
        }
    }
}
