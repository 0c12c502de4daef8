package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.data.Sample;
import io.iedp.engine.data.BatchLoader;
import io.iedp.engine.data.Prefetch;
import io.iedp.engine.data.SameSizeBatches;
import io.iedp.engine.data.Samples;
import io.iedp.engine.data.TrainingData;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Samples as they are measured: in their order, at their own size, without augmentation. */
record ValidationBatches(TrainingData data) {
    private static final int BATCH = 8;

    /**
     * Visits the samples in batches of one size, while worker threads read a few ahead.
     *
     * @throws UserException if all are passed over
     * @throws StoppedException between two batches, if all is to end
     */
    void forEach(Samples samples, Limit limit, StopSignal stop, Consumer<List<Sample>> visitor) {
        ExecutorService workers =
                BatchLoader.workerThreads("data", data.experiment().data().workers());
        int visited = 0;
        int measured = 0;
        try {
            int ahead = BATCH * Math.min(4, limit.most());
            SameSizeBatches batches =
                    new SameSizeBatches(Prefetch.inOrder(workers, samples.size(), ahead, samples::find), BATCH);
            while (visited < limit.most() && batches.hasNext()) {
                stop.check();
                List<Sample> batch = batches.next();
                visitor.accept(batch);
                visited++;
                measured += batch.size();
                data.advance().advanced("evaluating", Math.min(measured, samples.size()), samples.size());
            }
        } finally {
            workers.shutdownNow();
        }
        if (visited == 0) {
            throw new UserException(
                    "None of %s samples of %s can be read; the log says why".formatted(samples.size(), samples.part()));
        }
    }

    /**
     * Visits some samples, evenly spread.
     *
     * @throws StoppedException between two samples, if all is to end
     */
    static void forSome(Samples samples, int count, StopSignal stop, Consumer<Sample> visitor) {
        int size = samples.size();
        int shown = Math.min(count, size);
        for (int i = 0; i < shown; i++) {
            stop.check();
            visitor.accept(samples.get((int) ((long) i * size / shown)));
        }
    }
}
