package io.iedp.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.ComponentFactory;
import io.iedp.api.task.TaskFactory;
import io.iedp.testkit.Contracts;
import io.iedp.testkit.TaskContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds for each task. */
class TaskContractsTest {
    @Test
    void everyOneIsHere() {
        assertThat(Contracts.types(this))
                .containsExactlyInAnyOrderElementsOf(new TasksPlugin()
                        .tasks().stream().map(ComponentFactory::type).toList());
    }

    @Nested
    class Segmentation extends TaskContract<SemanticSegmentationConfig> {
        @Override
        protected TaskFactory<SemanticSegmentationConfig> factory() {
            return new SemanticSegmentationFactory();
        }

        @Override
        protected SemanticSegmentationConfig configuration() {
            return Configs.losses(1, 0.5, 0.5, List.of());
        }
    }

    @Nested
    class Depths extends TaskContract<DepthConfig> {
        @Override
        protected TaskFactory<DepthConfig> factory() {
            return new DepthFactory();
        }

        @Override
        protected DepthConfig configuration() {
            return Configs.depth(2, true, false);
        }
    }

    @Nested
    class Referring extends TaskContract<ReferringConfig> {
        @Override
        protected TaskFactory<ReferringConfig> factory() {
            return new ReferringSegmentationFactory();
        }

        @Override
        protected ReferringConfig configuration() {
            return new ReferringConfig(List.of(0.9, 1.1), 0, 0.5);
        }
    }
}
