package io.iedp.engine.training;

import java.util.function.Supplier;

/** Runs the stages of training steps, and may take the time of each. No stage is run within another. */
public interface StepClock {
    /** Takes no time. */
    StepClock NONE = new StepClock() {
        @Override
        public <T> T run(Stage stage, Supplier<T> work) {
            return work.get();
        }
    };

    /** What a step does one after the other, on its own thread. */
    enum Stage {
        /** Waiting for the next batch. */
        DATA,
        /** From a batch on the device to its losses. */
        FORWARD,
        BACKWARD,
        /** Copying weights to further devices, and gradients from them. */
        EXCHANGE,
        /** Clipping and updating. */
        OPTIMIZER
    }

    <T> T run(Stage stage, Supplier<T> work);

    /** Runs work that comes to nothing. */
    default void run(Stage stage, Runnable work) {
        run(stage, () -> {
            work.run();
            return true;
        });
    }
}
