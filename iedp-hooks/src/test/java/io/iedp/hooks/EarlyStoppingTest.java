package io.iedp.hooks;

import static io.iedp.testkit.HookRun.evaluation;
import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.task.Goal;
import io.iedp.testkit.HookContract;
import io.iedp.testkit.HookRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private final HookRun higher = new HookRun(Path.of("none"), new Goal("score", true));
    private final HookRun lower = new HookRun(Path.of("none"), new Goal("score", false));

    private static EarlyStopping hook(int patience, double margin, HookRun context) {
        return new EarlyStopping(new EarlyStoppingConfig(patience, margin), context);
    }

    private static void evaluate(EarlyStopping hook, double... scores) {
        for (double score : scores) {
            hook.evaluated(evaluation(1, score));
        }
    }

    @Test
    void stopsWhenTooManyInARowAreNoBetter() {
        EarlyStopping hook = hook(2, 0, higher);
        evaluate(hook, 0.1, 0.3, 0.2, 0.4, 0.4);
        assertThat(higher.stops()).isEmpty();

        evaluate(hook, Double.NaN);

        assertThat(higher.stops()).containsExactly("2 evaluations in a row have not made score better than 0.4000");
    }

    @Test
    void smallerIsBetterWhereTheGoalSaysSo() {
        evaluate(hook(1, 0, lower), 3, 2, 1);
        assertThat(lower.stops()).isEmpty();

        evaluate(hook(1, 0, lower), 1, 2);

        assertThat(lower.stops()).hasSize(1);
    }

    @Test
    void littleIsNotBetter() {
        evaluate(hook(2, 0.1, higher), 0.50, 0.55, 0.59);

        assertThat(higher.stops()).hasSize(1);
    }

    @Test
    void aRunThatGoesOnGoesOnCounting() {
        EarlyStopping before = hook(2, 0, higher);
        evaluate(before, 0.5, 0.4);
        EarlyStopping after = hook(2, 0, higher);
        after.restore(before.state());

        evaluate(after, 0.45);

        assertThat(higher.stops()).hasSize(1);
    }

    @Nested
    class Contract extends HookContract<EarlyStoppingConfig> {
        @Override
        protected EarlyStoppingFactory factory() {
            return new EarlyStoppingFactory();
        }

        @Override
        protected EarlyStoppingConfig configuration() {
            return new EarlyStoppingConfig(2, 0);
        }
    }
}
