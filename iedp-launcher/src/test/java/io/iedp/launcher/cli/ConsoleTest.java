package io.iedp.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.hook.StepReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final StringWriter written = new StringWriter();
    private final Console console = new Console(new PrintWriter(written), false);

    private void step(int step, int steps) {
        console.stepped("training", new StepReport(step, steps, 1, Map.of(), 1e-3, 1, 10, 0, 0, 0), 1);
    }

    /** A sweep shows one run after the other; the time of those before is none of the next one's. */
    @Test
    void eachRunHasATimeOfItsOwn() throws InterruptedException {
        step(1, 2);
        step(2, 2);
        Thread.sleep(1100);
        step(1, 2);

        assertThat(written.toString().lines())
                .last()
                .asString()
                .startsWith("1/2 ")
                .endsWith("ETA 0:00:00");
    }
}
