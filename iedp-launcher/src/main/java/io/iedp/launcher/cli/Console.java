package io.iedp.launcher.cli;

import io.iedp.api.hook.StepReport;
import io.iedp.api.nn.TransferListener;
import io.iedp.launcher.run.Durations;
import io.iedp.launcher.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows the progress of a run: one moving line on a terminal, plain lines elsewhere. */
final class Console implements Progress, TransferListener {
    private static final int BAR = 24;
    private static final long REDRAW = 100_000_000;

    private final PrintWriter out;
    private final boolean terminal;
    private long drawn;
    private String training = "";
    private long started;
    private int first;
    private int last;

    Console(PrintWriter out) {
        this(out, isTerminal());
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on, the check for TERM remains
    private static boolean isTerminal() {
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb");
    }

    Console(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void say(String line) {
        out.print(terminal ? "\r\u001b[K" : "");
        out.println(Screen.text(line));
        out.flush();
    }

    @Override
    public void stepped(String what, StepReport step, int logEvery) {
        if (!what.equals(training) || step.step() <= last) {
            training = what;
            started = System.nanoTime();
            first = step.step();
        }
        last = step.step();
        String status = String.format(
                Locale.ROOT,
                "%s  loss %.4f  %.1f images/s  waiting %.0f %%",
                what,
                step.loss(),
                step.imagesPerSecond(),
                100 * step.waitShare());
        if (terminal) {
            draw(step.step(), step.steps(), status);
        } else if (step.step() % logEvery == 0 || step.step() == step.steps()) {
            out.printf(Locale.ROOT, "%d/%d  %s  ETA %s%n", step.step(), step.steps(), status, eta(step));
            out.flush();
        }
    }

    @Override
    public void advanced(String what, int done, int of) {
        if (terminal) {
            draw(done, of, what);
        }
    }

    private void draw(int done, int of, String status) {
        long now = System.nanoTime();
        if (now - drawn < REDRAW && done < of) {
            return;
        }
        drawn = now;
        int filled = (int) ((long) BAR * done / of);
        out.printf(
                Locale.ROOT,
                "\r\u001b[K[%s%s] %d/%d  %s",
                "=".repeat(filled),
                " ".repeat(BAR - filled),
                done,
                of,
                status);
        if (done == of) {
            out.print("\r\u001b[K");
        }
        out.flush();
    }

    private String eta(StepReport step) {
        double left = (System.nanoTime() - started) / 1e9 / (step.step() - first + 1) * (step.steps() - step.step());
        return Durations.show(Duration.ofSeconds(Math.round(left)));
    }
}
