package io.iedp.serve.limits;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.Connection;

/**
 * Bounds the connections that are open at once: for one that is too many, the one goes that has been without a request for
 * longest. Who keeps connections open and asks nothing so never keeps out who asks.
 */
public final class Connections implements Connection.Listener {
    private final int most;
    private final Set<Connection> idle = new LinkedHashSet<>();
    private int open;

    public Connections(int most) {
        this.most = most;
    }

    @Override
    public void onOpened(Connection connection) {
        opened(connection).ifPresent(Connection::close);
    }

    private synchronized Optional<Connection> opened(Connection connection) {
        open++;
        idle.add(connection);
        if (open <= most) {
            return Optional.empty();
        }
        Iterator<Connection> longest = idle.iterator();
        Connection goes = longest.next();
        longest.remove();
        return Optional.of(goes);
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        open--;
        idle.remove(connection);
    }

    /** A request came. */
    public synchronized void begin(Connection connection) {
        idle.remove(connection);
    }

    /** It was answered. */
    public synchronized void end(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            idle.add(connection);
        }
    }

    public synchronized int open() {
        return open;
    }
}
