package io.iedp.serve.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Whether somebody still waits for the answer of a request whose body was read. Nothing in HTTP/1.1 says so but the connection
 * itself, which nobody reads from while a request is handled; so the request's own thread looks.
 */
final class ClientConnection {
    private final Connection connection;
    private boolean sentMore;

    private ClientConnection(Connection connection) {
        this.connection = connection;
    }

    static ClientConnection of(HttpServletRequest request) {
        return new ClientConnection(ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection());
    }

    Connection connection() {
        return connection;
    }

    /** Whether the client closed its side; a part of a further request that it sent already is kept for later. */
    boolean isClosed() {
        EndPoint endPoint = connection.getEndPoint();
        if (!endPoint.isOpen() || endPoint.isInputShutdown()) {
            return true;
        }
        if (sentMore || !(connection instanceof Connection.UpgradeTo http)) {
            return false;
        }
        ByteBuffer one = BufferUtil.allocate(1);
        try {
            int read = endPoint.fill(one);
            if (read > 0) {
                sentMore = true;
                http.onUpgradeTo(one);
            }
            return read < 0;
        } catch (IOException | RuntimeException e) {
            return true; // it closes at this moment
        }
    }
}
