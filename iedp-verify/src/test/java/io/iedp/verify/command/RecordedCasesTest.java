package io.iedp.verify.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.nn.testing.Goldens;
import io.iedp.verify.files.CaseFolder;
import io.iedp.verify.testing.RecordedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Against what the original implementations computed. */
class RecordedCasesTest {
    @TempDir
    private static Path own;

    @BeforeAll
    static void unpack() throws IOException {
        RecordedCases.unpack(own);
    }

    @Test
    void everyCheckoutHasAWholeUnetAndAWholeModel() {
        assertThat(CaseFolder.find(List.of(own)).stream().map(CaseFolder::kind))
                .contains("checkpoint", "vpd-referring");
    }

    @TestFactory
    Stream<DynamicTest> casesOfTheModule() {
        return RecordedCases.in(own);
    }

    @TestFactory
    Stream<DynamicTest> casesBesideTheProject() {
        return Files.isDirectory(Goldens.root())
                ? RecordedCases.in(Goldens.root())
                : Stream.of(DynamicTest.dynamicTest(
                        "cases beside the project",
                        () -> Assumptions.abort(
                                "recorded cases are not in " + Goldens.root().toAbsolutePath())));
    }
}
