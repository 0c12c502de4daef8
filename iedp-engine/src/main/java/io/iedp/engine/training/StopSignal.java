package io.iedp.engine.training;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Asks training to end before its last step; any thread may. */
public final class StopSignal {
    private final AtomicReference<String> interrupt;
    private final AtomicReference<String> finish = new AtomicReference<>();

    public StopSignal() {
        this(new AtomicReference<>());
    }

    private StopSignal(AtomicReference<String> interrupt) {
        this.interrupt = interrupt;
    }

    /** One for another training, which shares interruptions only. */
    public StopSignal sharingInterrupts() {
        return new StopSignal(interrupt);
    }

    /** Ends training after the present step, as at the last one: with an evaluation and a report. */
    public void finish(String reason) {
        finish.compareAndSet(null, reason);
    }

    /** Ends all training after the present step, with nothing but a checkpoint. */
    public void interrupt(String reason) {
        interrupt.set(reason);
    }

    /** Why training is to end, if it is. */
    public Optional<String> reason() {
        return isInterrupt() ? Optional.of(interrupt.get()) : Optional.ofNullable(finish.get());
    }

    boolean isFinish() {
        return finish.get() != null;
    }

    /** Whether training is to end without an evaluation. */
    public boolean isInterrupt() {
        return interrupt.get() != null;
    }
}
