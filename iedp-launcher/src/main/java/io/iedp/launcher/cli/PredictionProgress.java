package io.iedp.launcher.cli;

import io.iedp.engine.Prediction;
import io.iedp.engine.PredictionCost;
import io.iedp.launcher.run.Durations;
import io.iedp.launcher.run.PredictionFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Says what the prediction of a large picture costs before it is made, and how far it is. */
final class PredictionProgress implements PredictionFiles.Listener {
    /** Passes that take a while even for a small model. */
    private static final int MANY = 8;

    /** Pixels in one pass that take a while and much memory, whatever the model. */
    private static final int LARGE = 2_000_000;

    /** Hears of a picture whose files are there. */
    @FunctionalInterface
    interface Written {
        void accept(Path picture, String stem, Prediction prediction);
    }

    private final Console console;
    private final int pictures;
    private final Written written;
    private Path image = Path.of("");
    private PredictionCost cost = new PredictionCost(0, 0, 1, 0);
    private int passes;
    private int done;
    private long begun;

    /**
     * @param pictures that are to be predicted
     * @param written hears of each picture whose files are there
     */
    PredictionProgress(Console console, int pictures, Written written) {
        this.console = console;
        this.pictures = pictures;
        this.written = written;
    }

    @Override
    public void begins(Path next, PredictionCost itsCost) {
        image = next;
        cost = itsCost;
        passes = 0;
        begun = System.nanoTime();
        if (isLong() || (long) cost.width() * cost.height() > LARGE) {
            console.say(String.format(
                    Locale.ROOT,
                    "%s: the model sees %d x %d pixels in %s; what it gives takes %d MiB before it is decoded",
                    image,
                    cost.width(),
                    cost.height(),
                    cost.passes() == 1 ? "one pass" : cost.passes() + " passes",
                    (cost.resultBytes() + (1 << 20) - 1) >> 20));
        }
    }

    @Override
    public void passed() {
        passes++;
        if (!isLong()) {
            return;
        }
        if (passes == 1) {
            Duration all = Duration.ofNanos((System.nanoTime() - begun) * cost.passes());
            console.say("%s: about %s, by its first pass".formatted(image, Durations.show(all)));
        }
        console.advanced("passes of %s, picture %s of %s".formatted(image, done + 1, pictures), passes, cost.passes());
    }

    @Override
    public void written(Path picture, String stem, Prediction prediction, Path overlay) {
        done++;
        console.say(overlay.toString());
        written.accept(picture, stem, prediction);
        console.advanced("pictures", done, pictures);
    }

    private boolean isLong() {
        return cost.passes() > MANY;
    }
}
