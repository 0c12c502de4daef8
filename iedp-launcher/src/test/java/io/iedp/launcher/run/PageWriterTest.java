package io.iedp.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.launcher.report.History;
import io.iedp.launcher.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageWriterTest {
    private static RunReport report(String name, History history) {
        return new RunReport(
                name,
                new Goal("score", true),
                RunReport.Stage.GOING_ON,
                Map.of(),
                List.of(),
                history,
                List.of(),
                List.of(),
                Map.of(),
                "");
    }

    private static RunReport report(String name) {
        return report(name, new History());
    }

    /** Writes down the names of reports, and can be held up in the first one. */
    private static final class Disk {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);
        private final List<String> written = Collections.synchronizedList(new ArrayList<>());

        void write(RunReport report) {
            begun.countDown();
            await(free);
            written.add(report.name());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyTheNewestOfThoseThatWaitIsWritten() {
        Disk disk = new Disk();
        PageWriter writer = new PageWriter(disk::write);

        writer.submit(report("first"));
        await(disk.begun);
        writer.submit(report("second"));
        writer.submit(report("third"));
        disk.free.countDown();
        writer.close();

        assertThat(disk.written).containsExactly("first", "third");
    }

    @Test
    void afterItIsClosedNothingIsWritten() {
        Disk disk = new Disk();
        PageWriter writer = new PageWriter(disk::write);
        disk.free.countDown();

        writer.submit(report("only"));
        writer.close();

        assertThat(disk.written).containsExactly("only");
        assertThatThrownBy(() -> writer.submit(report("late"))).isInstanceOf(IllegalStateException.class);
        assertThat(disk.written).containsExactly("only");
    }

    @Test
    void whatNeverBeganEndsAtOnce() {
        Disk disk = new Disk();

        new PageWriter(disk::write).close();

        assertThat(disk.written).isEmpty();
    }

    @Test
    void whoeverIsInterruptedStillWaitsForTheEnd() {
        Disk disk = new Disk();
        PageWriter writer = new PageWriter(disk::write);
        writer.submit(report("only"));
        await(disk.begun);

        Thread.currentThread().interrupt();
        disk.free.countDown();
        writer.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(disk.written).containsExactly("only");
    }

    @Test
    void aPageThatCannotBeWrittenDoesNotStopTheNext() {
        List<String> written = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch failed = new CountDownLatch(1);
        PageWriter writer = new PageWriter(report -> {
            if (report.name().equals("bad")) {
                failed.countDown();
                throw new UserException("The disk is full");
            }
            written.add(report.name());
        });

        writer.submit(report("bad"));
        await(failed);
        writer.submit(report("good"));
        writer.close();

        assertThat(written).containsExactly("good");
    }

    /** What is written later shows what was known when it was handed over. */
    @Test
    void aReportStaysWhatItWasWhileTrainingGoesOn(@TempDir Path folder) throws IOException {
        History history = new History();
        history.stepped(step(1, 0.25));
        RunReport early = report("run", history);
        history.stepped(step(2, 4));
        history.evaluated(2, Map.of("score", 1.0));
        Path before = Files.createDirectories(folder.resolve("before"));
        Path same = Files.createDirectories(folder.resolve("same"));
        Path after = Files.createDirectories(folder.resolve("after"));

        early.write(before);
        History first = new History();
        first.stepped(step(1, 0.25));
        report("run", first).write(same);
        report("run", history).write(after);

        assertThat(before.resolve("index.html")).hasSameTextualContentAs(same.resolve("index.html"));
        assertThat(Files.readString(after.resolve("index.html")))
                .isNotEqualTo(Files.readString(before.resolve("index.html")));
    }

    private static StepReport step(int step, double loss) {
        return new StepReport(step, 2, loss, Map.of("only", loss), 1e-3, 1, 1, 0, 0, 0);
    }
}
