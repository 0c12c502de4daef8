package io.iedp.serve.command;

import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.ModelOptions;
import io.iedp.engine.model.Devices;
import io.iedp.engine.run.DataDescription;
import io.iedp.io.file.TextFiles;
import io.iedp.serve.Server;
import io.iedp.serve.ServerOptions;
import io.iedp.serve.limits.Limits;
import io.iedp.serve.work.ServedModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Listens, opens the runs, and serves them until the process is asked to end. */
final class Serve implements Command {
    private static final int BATCH_OF_GPU = 8;
    private static final DataDescription.Size UNKNOWN = new DataDescription.Size(320, 240);

    private final ServeConfig config;
    private final CommandContext context;

    Serve(ServeConfig config, CommandContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public int run() {
        long start = System.nanoTime();
        List<NamedRun> runs = NamedRun.all(config.runs(), context.host(Catalog.class));
        try (Server server = Server.start(options())) {
            CountDownLatch stopped = new CountDownLatch(1);
            Thread atEnd = new Thread(() -> {
                server.close();
                stopped.countDown();
            });
            Runtime.getRuntime().addShutdownHook(atEnd);
            open(server, runs);
            context.say(String.format(
                    Locale.ROOT,
                    "%s: %s (ready after %.1f s). Ctrl-C ends it.",
                    server.address(),
                    runs.stream().map(NamedRun::name).collect(Collectors.joining(", ")),
                    (System.nanoTime() - start) / 1e9));
            if (isOpenToAll()) {
                context.say("Other machines can reach it without a token; --token-file FILE asks for one.");
            }
            stopped.await();
            return 0; // the signal has its own code
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private boolean isOpenToAll() {
        boolean local = config.host().equals("localhost")
                || config.host().startsWith("127.")
                || config.host().equals("::1");
        return !local && config.tokenFile().isEmpty();
    }

    private ServerOptions options() {
        String device = Devices.name(context.manager().getDevice());
        Limits limits = Limits.STANDARD
                .withBodyBytes(Math.round(config.maxBody() * 1e6))
                .withPixels(Math.round(config.maxPixels() * 1e6))
                .withQueue(config.queue())
                .withBatch(config.batch().orElse(device.equals("cpu") ? 1 : BATCH_OF_GPU))
                .withTimeout(seconds(config.timeout()))
                .withDrain(seconds(config.drain()))
                .withConnections(config.connections());
        return new ServerOptions(
                config.host(), config.port(), config.tokenFile().map(Serve::token), config.examples(), limits);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    private static String token(Path file) {
        String token = TextFiles.read(file).strip();
        if (token.isEmpty() || token.lines().count() > 1) {
            throw new UserException("%s must have the token, in one line".formatted(file));
        }
        return token;
    }

    /** Those that are open already are closed when another one fails. */
    private void open(Server server, List<NamedRun> runs) {
        List<ServedModel> models = new ArrayList<>();
        try {
            for (NamedRun run : runs) {
                models.add(open(run));
            }
        } catch (RuntimeException e) {
            models.forEach(ServedModel::close);
            throw e;
        }
        server.open(models);
    }

    private ServedModel open(NamedRun run) {
        ModelOptions last = ModelOptions.run(run.folder())
                .components(context.host(Catalog.class))
                .device(Devices.name(context.manager().getDevice()));
        ModelOptions weights = config.best() ? last.best() : last;
        ModelOptions sized = config.longest()
                .map(pixels -> pixels == 0 ? weights.anySize() : weights.longest(pixels))
                .orElse(weights);
        DataDescription.Size size = sized.sizeOfSamples().orElse(UNKNOWN);
        return ServedModel.warm(run.name(), sized.open(), size.width(), size.height(), config.text());
    }
}
