package io.iedp.conditioning;

import io.iedp.nn.testing.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against what transformers and OpenAI's code computed. */
class RecordedCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return RecordedCases.of(new ConditioningPlugin().verifiers());
    }
}
