package io.iedp.tasks;

import io.iedp.nn.testing.RecordedCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against what VPD and mmsegmentation computed. */
class RecordedCasesTest {
    @TestFactory
    Stream<DynamicTest> cases() {
        return RecordedCases.of(new TasksPlugin().verifiers());
    }
}
