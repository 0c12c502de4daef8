package io.iedp.engine.bench;

/** A network in another engine that is timed beside a backbone. */
public interface Rival extends AutoCloseable {
    /** One pass on what it was opened for; it leaves nothing behind. */
    void pass();

    @Override
    void close();
}
