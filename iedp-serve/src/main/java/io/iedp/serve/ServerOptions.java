package io.iedp.serve;

import io.iedp.serve.limits.Limits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server listens, and to whom.
 *
 * @param host an address of this machine; 0.0.0.0 for all of them
 * @param port 0 for any that is free
 * @param token that requests must bring as {@code Authorization: Bearer}, if any
 * @param examples a folder with pictures for the page; without it, drawn rooms
 */
public record ServerOptions(String host, int port, Optional<String> token, Optional<Path> examples, Limits limits) {
    /** For this machine alone, on any port that is free. */
    public static final ServerOptions LOCAL =
            new ServerOptions("127.0.0.1", 0, Optional.empty(), Optional.empty(), Limits.STANDARD);

    public ServerOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not %s".formatted(port));
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host must be an address, as in 127.0.0.1");
        }
        if (token.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("the token must not be empty");
        }
    }

    public ServerOptions with(Limits other) {
        return new ServerOptions(host, port, token, examples, other);
    }

    public ServerOptions withToken(String other) {
        return new ServerOptions(host, port, Optional.of(other), examples, limits);
    }
}
