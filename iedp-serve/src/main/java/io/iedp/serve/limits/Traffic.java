package io.iedp.serve.limits;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that are being answered, so that a server which stops can wait for them. */
public final class Traffic {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int active;
    private boolean stopping;

    /**
     * Accepts a request.
     *
     * @throws RequestFailure if the server stops
     */
    public void begin() {
        lock.lock();
        try {
            if (stopping) {
                throw RequestFailure.later(1, "The server is stopping");
            }
            active++;
        } finally {
            lock.unlock();
        }
    }

    /** One that was accepted has its answer. */
    public void end() {
        lock.lock();
        try {
            active--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Requests that were accepted and have no answer yet. */
    public int active() {
        lock.lock();
        try {
            return active;
        } finally {
            lock.unlock();
        }
    }

    /** From now on none is accepted. */
    public void stop() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for those that were accepted.
     *
     * @return how many have no answer yet
     */
    public int await(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lock();
        try {
            while (active > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return active;
        } finally {
            lock.unlock();
        }
    }
}
