package io.iedp.serve.work;

import io.iedp.engine.Prediction;
import io.iedp.serve.limits.Limits;
import io.iedp.serve.limits.RequestFailure;
import io.iedp.serve.telemetry.Metrics;
import io.iedp.serve.telemetry.Metrics.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Computes what waits, in the order in which it came: all models of a process compute on one thread, so one queue is fair to
 * all of them. Pictures of one size for one model are computed together, as many as the limits say. The one that waits
 * longest is never passed over.
 */
public final class Batcher implements AutoCloseable {
    private static final double NANOS = 1e9;

    /** How much of the mean time of a picture the last batch is. */
    private static final double NEWS = 0.1;

    private final Limits limits;
    private final Metrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Thread thread;
    private double secondsOfPicture;
    private boolean closed;

    public Batcher(Limits limits, Metrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        metrics.gauge("iedp_queue_length", "Pictures that wait to be computed.", this::length);
        thread = new Thread(this::run, "iedp-batches");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes all of these or none.
     *
     * @throws RequestFailure if there is no room in the queue (503)
     */
    public void submit(List<Job> jobs) {
        lock.lock();
        try {
            if (closed) {
                throw RequestFailure.later(1, "The server is stopping");
            }
            if (waiting.size() + jobs.size() > limits.queue()) {
                throw RequestFailure.later(
                        retryAfter(), "%s pictures wait already; try again later".formatted(waiting.size()));
            }
            waiting.addAll(jobs);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes these out of the queue, unless they are computed already. */
    public void giveUp(List<Job> jobs) {
        lock.lock();
        try {
            for (Job job : jobs) {
                if (job.giveUp()) {
                    waiting.remove(job);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    public int length() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Until half of the queue is done. */
    private int retryAfter() {
        return (int) Math.min(60, Math.ceil(secondsOfPicture * waiting.size() / 2));
    }

    private void run() {
        for (List<Job> batch = next(); !batch.isEmpty(); batch = next()) {
            compute(batch);
        }
    }

    /** Empty when there will be no more. */
    private List<Job> next() {
        lock.lock();
        try {
            while (true) {
                while (waiting.isEmpty()) {
                    if (closed) {
                        return List.of();
                    }
                    changed.awaitUninterruptibly();
                }
                Job first = waiting.peek();
                awaitOthers(first);
                List<Job> batch = take(first);
                if (!batch.isEmpty()) {
                    return batch;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitOthers(Job first) {
        long until = first.submitted() + limits.batchWait().toNanos();
        while (!closed
                && !first.isTaken()
                && waiting.stream().filter(first::goesWith).count() < limits.batch()) {
            long left = until - System.nanoTime();
            if (left <= 0 || limits.batch() == 1) {
                return;
            }
            try {
                changed.awaitNanos(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts the thread of the queue", e);
            }
        }
    }

    private List<Job> take(Job first) {
        List<Job> batch = new ArrayList<>();
        for (Iterator<Job> each = waiting.iterator(); each.hasNext() && batch.size() < limits.batch(); ) {
            Job job = each.next();
            if (job == first || first.goesWith(job)) {
                each.remove();
                if (job.begin()) {
                    batch.add(job);
                }
            }
        }
        return batch;
    }

    private void compute(List<Job> batch) {
        long start = System.nanoTime();
        ServedModel model = batch.get(0).model();
        batch.forEach(job -> metrics.took(model.name(), Stage.QUEUE, start - job.submitted()));
        predict(model, batch);
        long nanos = System.nanoTime() - start;
        metrics.took(model.name(), Stage.INFERENCE, nanos);
        metrics.computed(model.name(), batch.size());
        lock.lock();
        try {
            double seconds = nanos / NANOS / batch.size();
            secondsOfPicture = secondsOfPicture == 0 ? seconds : (1 - NEWS) * secondsOfPicture + NEWS * seconds;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What one picture does must not harm the others, so each has another chance alone. Nothing may end the thread, since all
     * requests wait for it.
     */
    private static void predict(ServedModel model, List<Job> batch) {
        try {
            List<Prediction> predictions = model.predict(batch);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(predictions.get(i));
            }
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                batch.get(0).result().completeExceptionally(e);
                return;
            }
            batch.forEach(job -> predict(model, List.of(job)));
        }
    }

    /** Computes what was taken, and no more after that. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
