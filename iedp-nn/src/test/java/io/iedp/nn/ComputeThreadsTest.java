package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ComputeThreadsTest {
    private static final double LARGE = 10 * ComputeThreads.SMALL;

    private final List<Integer> set = new ArrayList<>();
    private double taken;
    private long now;

    private final ComputeThreads onFour = threads(4, 4);

    private ComputeThreads threads(int processors, int most) {
        return new ComputeThreads(processors, most, () -> taken, () -> now, Optional.of(set::add));
    }

    /** One pass a second. */
    private void passes(ComputeThreads threads, int count) {
        for (int i = 0; i < count; i++) {
            now += 1_000_000_000L;
            threads.fit(LARGE);
        }
    }

    @Test
    void smallPassesRunOnOneThreadWhateverTheMachineDoes() {
        onFour.fit(ComputeThreads.SMALL / 2);
        assertThat(set).containsExactly(1);
        taken = 3;
        now += 1_000_000_000L;
        onFour.fit(ComputeThreads.SMALL / 2);
        assertThat(set).containsExactly(1);
        onFour.release();
        assertThat(set).containsExactly(1, 4);
    }

    @Test
    void largePassesLeaveTheNumberAsItIsWhileNobodyElseComputes() {
        taken = 0.4;
        passes(onFour, 20);
        assertThat(set).isEmpty();
    }

    /** Of two processors with one taken, three threads that want to run get two thirds each. */
    @Test
    void besideOneBusyProcessOnTwoProcessorsOneThreadComputes() {
        taken = 0.67;
        passes(threads(2, 2), 1);
        assertThat(set).containsExactly(1);
    }

    @Test
    void withinTheSameSecondNothingIsLookedAt() {
        taken = 3;
        now += 900_000_000L;
        onFour.fit(LARGE);
        assertThat(set).isEmpty();
    }

    @Test
    void threadsComeBackWhenProcessorsStayFree() {
        taken = 2.2;
        passes(onFour, 1);
        assertThat(set).containsExactly(2);
        taken = 0.1;
        passes(onFour, 2);
        taken = 2;
        passes(onFour, 1);
        taken = 0.1;
        passes(onFour, 2);
        assertThat(set).containsExactly(2);
        passes(onFour, 1);
        assertThat(set).containsExactly(2, 4);
    }

    @Test
    void oneThreadIsLeftHoweverMuchIsTaken() {
        taken = 64;
        passes(onFour, 1);
        assertThat(set).containsExactly(1);
    }

    /** Libtorch takes one thread a core where each core has two processors. */
    @Test
    void processorsBeyondTheThreadsMayBeTaken() {
        ComputeThreads onCores = threads(8, 4);
        taken = 3.9;
        passes(onCores, 1);
        assertThat(set).isEmpty();
        taken = 5;
        passes(onCores, 1);
        assertThat(set).containsExactly(3);
    }

    @Test
    void thatProcessorsAreTakenIsSaidOnce() {
        ComputeThreads onTwo = threads(2, 2);
        assertThat(onTwo.news()).isEmpty();
        taken = 0.96;
        passes(onTwo, 3);
        assertThat(onTwo.news())
                .contains("Other processes take 1.0 of 2 processors: at most 1 of 2 threads compute while they do.");
        taken = 0;
        passes(onTwo, 3);
        taken = 1;
        passes(onTwo, 1);
        assertThat(onTwo.news()).isEmpty();
    }

    @Test
    void aNumberThatTheEnvironmentSetsStaysAndItsCostIsSaid() {
        ComputeThreads fixed = new ComputeThreads(2, 2, () -> taken, () -> now, Optional.empty());
        taken = 1;
        passes(fixed, 1);
        assertThat(fixed.news())
                .contains("Other processes take 1.0 of 2 processors: "
                        + "OMP_NUM_THREADS keeps 2 threads, which may be much slower than 1.");
        assertThat(set).isEmpty();
    }

    @Test
    void eachThreadThatComputesIsToldForItself() throws Exception {
        onFour.fit(0);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            other.submit(() -> onFour.fit(0)).get();
        } finally {
            other.shutdown();
        }
        assertThat(set).containsExactly(1, 1);
    }
}
