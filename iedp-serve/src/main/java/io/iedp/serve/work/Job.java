package io.iedp.serve.work;

import io.iedp.engine.Prediction;
import io.iedp.serve.limits.Deadline;
import io.iedp.serve.limits.RequestFailure;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A picture that is to be predicted. It is begun by the batcher or given up by its request, whichever is first. */
public final class Job {
    private final ServedModel model;
    private final BufferedImage picture;
    private final Map<String, String> texts;
    private final Deadline deadline;
    private final BooleanSupplier abandoned;
    private final long submitted = System.nanoTime();
    private boolean taken;
    private final CompletableFuture<Prediction> result = new CompletableFuture<>();

    /**
     * @param texts what the guidance asks for, by name
     * @param abandoned whether nobody waits for it any more; is asked until it was taken or given up, by one thread at a time
     */
    public Job(
            ServedModel model,
            BufferedImage picture,
            Map<String, String> texts,
            Deadline deadline,
            BooleanSupplier abandoned) {
        this.model = model;
        this.picture = picture;
        this.texts = Map.copyOf(texts);
        this.deadline = deadline;
        this.abandoned = abandoned;
    }

    ServedModel model() {
        return model;
    }

    BufferedImage picture() {
        return picture;
    }

    Map<String, String> texts() {
        return texts;
    }

    long submitted() {
        return submitted;
    }

    /** What it comes to, or why it did not. */
    public CompletableFuture<Prediction> result() {
        return result;
    }

    /** Whether both can pass through their model together. */
    boolean goesWith(Job other) {
        return model == other.model
                && texts.isEmpty()
                && other.texts.isEmpty()
                && picture.getWidth() == other.picture.getWidth()
                && picture.getHeight() == other.picture.getHeight();
    }

    /** Takes it for computing, unless nobody wants it any more. */
    synchronized boolean begin() {
        if (taken) {
            return false;
        }
        taken = true;
        if (deadline.hasPassed()) {
            result.completeExceptionally(RequestFailure.late());
            return false;
        }
        if (abandoned.getAsBoolean()) {
            result.completeExceptionally(RequestFailure.gone());
            return false;
        }
        return true;
    }

    /** Whether it was given up before it began. */
    synchronized boolean giveUp() {
        boolean first = !taken;
        taken = true;
        return first;
    }

    synchronized boolean isTaken() {
        return taken;
    }

    /** Whether nobody waits for it any more, as long as it has not begun. */
    public synchronized boolean isAbandoned() {
        return !taken && abandoned.getAsBoolean();
    }
}
