package io.iedp.serve.work;

import io.iedp.engine.Prediction;
import io.iedp.serve.limits.Deadline;
import io.iedp.serve.limits.RequestFailure;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A picture that is to be predicted. It is begun by the batcher or given up by its request, whichever is first. */
public final class Job {
    private final ServedModel model;
    private final BufferedImage picture;
    private final Map<String, String> texts;
    private final Deadline deadline;
    private final long submitted = System.nanoTime();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Prediction> result = new CompletableFuture<>();

    /**
     * @param texts what the guidance asks for, by name
     */
    public Job(ServedModel model, BufferedImage picture, Map<String, String> texts, Deadline deadline) {
        this.model = model;
        this.picture = picture;
        this.texts = Map.copyOf(texts);
        this.deadline = deadline;
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
    boolean begin() {
        if (!taken.compareAndSet(false, true)) {
            return false;
        }
        if (deadline.hasPassed()) {
            result.completeExceptionally(RequestFailure.late());
            return false;
        }
        return true;
    }

    /** Whether it was given up before it began. */
    boolean giveUp() {
        return taken.compareAndSet(false, true);
    }

    boolean isTaken() {
        return taken.get();
    }
}
