package io.iedp.serve;

import io.iedp.api.UserException;
import io.iedp.serve.http.Page;
import io.iedp.serve.http.Routes;
import io.iedp.serve.limits.Connections;
import io.iedp.serve.limits.Limits;
import io.iedp.serve.limits.MemoryBudget;
import io.iedp.serve.limits.Traffic;
import io.iedp.serve.telemetry.Metrics;
import io.iedp.serve.work.Batcher;
import io.iedp.serve.work.Models;
import io.iedp.serve.work.ServedModel;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for the predictions of trained runs, over HTTP/1.1. It listens from the beginning, so that it can be asked
 * whether it is ready, which it is once its models are open.
 *
 * <pre>{@code
 * try (Server server = Server.start(ServerOptions.LOCAL)) {
 *     server.open(List.of(ServedModel.warm("rooms", IedpModel.open(run), 320, 240, Map.of())));
 *     ...
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.iedp.serve");

    /** Threads for what is no upload, such as questions after its health. */
    private static final int OTHER_THREADS = 32;

    private final Limits limits;
    private final Traffic traffic = new Traffic();
    private final Models models = new Models();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Batcher batcher;
    private final Javalin http;
    private final String host;
    private ServerConnector listening;
    private int port;

    private Server(ServerOptions options) {
        limits = options.limits();
        host = options.host();
        Page page = Page.of(options.examples());
        MemoryBudget memory = new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);
        Metrics metrics = new Metrics();
        Connections connections = new Connections(limits.connections());
        metrics.gauge("iedp_connections", "Connections that are open.", connections::open);
        metrics.gauge("iedp_ready", "1 once all models are open.", () -> models.isReady() ? 1 : 0);
        metrics.gauge("iedp_request_memory_bytes", "Memory that requests hold.", memory::held);
        batcher = new Batcher(limits, metrics);
        String version = Optional.ofNullable(Server.class.getPackage().getImplementationVersion())
                .orElse("development");
        Routes routes = new Routes(
                limits, options.token(), memory, traffic, connections, metrics, models, batcher, page, version);
        http = Javalin.create(config -> configure(config, options, connections, routes));
    }

    private void configure(JavalinConfig config, ServerOptions options, Connections connections, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(limits.uploads() + OTHER_THREADS);
        threads.setName("iedp-http");
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(jetty -> jetty.setSendServerVersion(false));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(0); // waiting is done before
        });
        config.jetty.addConnector((server, jetty) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(jetty));
            connector.setHost(options.host());
            connector.setPort(options.port());
            connector.setAcceptQueueSize(limits.connections());
            connector.addEventListener(connections);
            listening = connector;
            return connector;
        });
        routes.register(config.routes);
    }

    /**
     * Listens. Until there are models, every request but those after its health is asked to come again.
     *
     * @throws UserException if it cannot listen there, or the examples cannot be read
     */
    public static Server start(ServerOptions options) {
        Server server = new Server(options);
        try {
            server.http.start();
            server.port = server.listening.getLocalPort();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw refusal(options, e);
        }
    }

    private static RuntimeException refusal(ServerOptions options, RuntimeException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException || each instanceof UnresolvedAddressException) {
                return new UserException(
                        "The server cannot listen at %s, port %s: %s. --port chooses another port (0 for any that is free), --host an address of this machine"
                                .formatted(
                                        options.host(),
                                        options.port(),
                                        each.getMessage() == null ? "there is no such host" : each.getMessage()),
                        failure);
            }
        }
        return failure;
    }

    /** Answers requests for these models from now on, which are closed with the server; the first is the standard one. */
    public void open(List<ServedModel> all) {
        models.open(all);
    }

    /** What can be asked for, as {@code GET /v2}. */
    List<String> routes() {
        return http.unsafe.internalRouter.allHttpHandlers().stream()
                .filter(each -> !each.endpoint.method.equals(HandlerType.HEAD))
                .map(each -> each.endpoint.method.name() + " " + each.endpoint.path)
                .toList();
    }

    /** The port on which it listens. */
    public int port() {
        return port;
    }

    /** Its address, for people and programs on this machine. */
    public String address() {
        boolean all = host.equals("0.0.0.0") || host.equals("::");
        String shown = all ? "127.0.0.1" : host.contains(":") ? "[%s]".formatted(host) : host;
        return "http://%s:%s".formatted(shown, port);
    }

    /**
     * Stops accepting, answers what was accepted, and closes the models. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        traffic.stop();
        if (listening != null) {
            listening.close();
        }
        LOG.info("Stopping; {} requests are answered before", traffic.active());
        try {
            int lost = traffic.await(limits.drain());
            if (lost > 0) {
                LOG.warn(
                        "{} requests were not answered within {} s",
                        lost,
                        limits.drain().toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.stop();
        batcher.close();
        models.close();
    }
}
