package io.iedp.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.engine.MicroExperiment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvanceTest {
    @Test
    void anEvaluationSaysHowFarItIs() {
        List<String> heard = new ArrayList<>();
        try (Session session = Session.open(
                MicroExperiment.with("data.val.count=11"),
                false,
                false,
                (what, done, of) -> heard.add("%s %s/%s".formatted(what, done, of)))) {
            session.evaluate(Limit.NONE);
        }
        assertThat(heard).containsExactly("evaluating 8/11", "evaluating 11/11");
    }
}
