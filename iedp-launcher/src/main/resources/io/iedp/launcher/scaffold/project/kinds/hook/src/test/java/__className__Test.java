package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookFactory;
import io.iedp.testkit.HookContract;
import io.iedp.testkit.HookRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The kit has what holds for every hook; tests of what is special about this one belong here, too. */
class ${className}Test extends HookContract<${className}Config> {
    @Override
    protected HookFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(2);
    }

    @Test
    void theLowestLossIsTold() {
        HookRun run = new HookRun(Path.of("run"));
        try (Hook hook = factory().create(configuration(), run)) {
            hook.afterStep(HookRun.step(1, 2, 0.25));
            hook.afterStep(HookRun.step(2, 2, 0.5));
        }

        assertThat(run.said()).containsExactly("The lowest loss so far is 0.2500, of step 1");
    }
}
