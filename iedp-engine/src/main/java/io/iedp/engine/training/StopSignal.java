package io.iedp.engine.training;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Asks training to end before its last step; any thread may. */
public final class StopSignal {
    private final Interruption interruption;
    private final AtomicReference<String> finish = new AtomicReference<>();

    /** What several trainings share: why all are to end, and whether one has a state that is to be saved before. */
    private static final class Interruption {
        private String reason;
        private boolean unsaved;
        private Runnable whenSaved = () -> {};

        synchronized Optional<String> reason() {
            return Optional.ofNullable(reason);
        }

        synchronized void interrupt(String why) {
            reason = why;
        }

        void unsaved(boolean now) {
            Runnable end;
            synchronized (this) {
                unsaved = now;
                end = whenSaved;
            }
            if (!now) {
                end.run();
            }
        }

        void whenSaved(Runnable end) {
            synchronized (this) {
                whenSaved = end;
                if (unsaved) {
                    return;
                }
            }
            end.run();
        }
    }

    public StopSignal() {
        this(new Interruption());
    }

    private StopSignal(Interruption interruption) {
        this.interruption = interruption;
    }

    /** One for another training, which shares interruptions only. */
    public StopSignal sharingInterrupts() {
        return new StopSignal(interruption);
    }

    /** Ends training after the present step, as at the last one: with an evaluation and a report. */
    public void finish(String reason) {
        finish.compareAndSet(null, reason);
    }

    /** Ends all training after the present step or the present batch of an evaluation, with nothing but a checkpoint. */
    public void interrupt(String reason) {
        interruption.interrupt(reason);
    }

    /** Does something as soon as no training has a state that is yet to be saved: at once, or on the training's thread. */
    public void whenSaved(Runnable end) {
        interruption.whenSaved(end);
    }

    /** Why training is to end, if it is. */
    public Optional<String> reason() {
        return interruption.reason().or(() -> Optional.ofNullable(finish.get()));
    }

    boolean isFinish() {
        return finish.get() != null;
    }

    /** Whether training is to end without an evaluation. */
    public boolean isInterrupt() {
        return interruption.reason().isPresent();
    }

    /**
     * @throws StoppedException if all is to end
     */
    public void check() {
        interruption.reason().ifPresent(reason -> {
            throw new StoppedException("Stopped, since " + reason);
        });
    }

    /** That there is a state that only {@link #saved} makes safe. */
    void unsaved() {
        interruption.unsaved(true);
    }

    /** That the state is saved, or cannot be. */
    void saved() {
        interruption.unsaved(false);
    }
}
