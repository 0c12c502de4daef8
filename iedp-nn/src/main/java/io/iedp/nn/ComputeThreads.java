package io.iedp.nn;

import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many threads libtorch's kernels are split among on the CPU. Each kernel waits for the slowest of its threads, so that
 * one that shares its processor with another process holds up all of them, at each of the thousands of kernels of a step:
 * two threads on two processors, one of which is taken, need up to nine times as long as one thread alone. And the kernels of
 * a small pass are over before a second thread has woken up.
 *
 * <p>So a small pass runs on one thread, whatever the machine does, and a large one on as many threads as there are
 * processors that others leave free, which is looked at once a second. Sums that are split otherwise differ in their last
 * bits; {@code OMP_NUM_THREADS} in the environment sets one number for all passes.
 */
public final class ComputeThreads {
    /** Threads for all, the environment's way. */
    private static final String FIXED = "OMP_NUM_THREADS";

    /** Numbers of the model times pixels of the batch, below which a second thread gains next to nothing. */
    static final double SMALL = 2e10;

    private static final Logger LOG = LoggerFactory.getLogger(ComputeThreads.class);
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final int LOOKS_BEFORE_MORE = 3;

    /** A bit under a whole processor counts as one: shares are measured over a second, in ticks of a hundredth. */
    private static final double ROUND_DOWN = 0.5;

    private static final double ROUND_UP = 0.25;

    private final int processors;
    private final int most;
    private final DoubleSupplier others;
    private final LongSupplier clock;
    private final Optional<IntConsumer> setter;
    private final ThreadLocal<Integer> current;
    private long looked;
    private int available;
    private int looksWithMore;
    private boolean said;
    private Optional<String> news = Optional.empty();

    /**
     * @param processors that this process may use
     * @param most threads that libtorch uses of its own accord
     * @param others how many processors other processes took since this was asked last
     * @param clock in nanoseconds
     * @param setter of the number of threads for the calling thread's kernels; none if it is fixed
     */
    ComputeThreads(int processors, int most, DoubleSupplier others, LongSupplier clock, Optional<IntConsumer> setter) {
        this.processors = processors;
        this.most = most;
        this.others = others;
        this.clock = clock;
        this.setter = setter;
        this.looked = clock.getAsLong();
        this.available = most;
        this.current = ThreadLocal.withInitial(() -> most);
    }

    /** Those of this process, once libtorch runs. */
    static ComputeThreads ofProcess() {
        boolean fixed = System.getenv(FIXED) != null;
        return new ComputeThreads(
                Runtime.getRuntime().availableProcessors(),
                JniUtils.getNumThreads(),
                new ProcessorUse(),
                System::nanoTime,
                fixed ? Optional.empty() : Optional.of(JniUtils::setNumThreads));
    }

    /**
     * Lets the kernels that the calling thread runs from now on have the number of threads that suits a pass.
     *
     * @param size of the pass: numbers of the model times pixels of the batch
     */
    public void fit(double size) {
        set(choose(size));
    }

    /** How many threads libtorch takes where nothing else is said. */
    public int most() {
        return most;
    }

    /** Gives the calling thread the number that it had. */
    public void release() {
        set(most);
    }

    /** That others take processors, the first time that they do; once only. */
    public synchronized Optional<String> news() {
        Optional<String> now = news;
        news = Optional.empty();
        return now;
    }

    private void set(int threads) {
        if (threads != current.get()) {
            setter.ifPresent(each -> each.accept(threads));
            current.set(threads);
        }
    }

    private synchronized int choose(double size) {
        long now = clock.getAsLong();
        if (now - looked >= LOOK_NANOS) {
            looked = now;
            look(others.getAsDouble());
        }
        return size < SMALL ? 1 : available;
    }

    private void look(double taken) {
        int fewer = threads(taken, ROUND_DOWN);
        int more = threads(taken, ROUND_UP);
        if (fewer < available) {
            available = fewer;
            looksWithMore = 0;
            LOG.debug("At most {} threads compute", available);
            say(taken);
        } else if (more <= available) {
            looksWithMore = 0;
        } else if (++looksWithMore == LOOKS_BEFORE_MORE) {
            available = more;
            looksWithMore = 0;
            LOG.debug("At most {} threads compute", available);
        }
    }

    private int threads(double taken, double rounding) {
        return (int) Math.max(1, Math.min(most, Math.floor(processors - taken + rounding)));
    }

    private void say(double taken) {
        if (said) {
            return;
        }
        said = true;
        String what = setter.isPresent()
                ? "at most %s of %s threads compute while they do".formatted(available, most)
                : "%s keeps %s threads, which may be much slower than %s".formatted(FIXED, most, available);
        String line =
                String.format(Locale.ROOT, "Other processes take %.1f of %d processors: %s.", taken, processors, what);
        LOG.warn(line);
        news = Optional.of(line);
    }
}
