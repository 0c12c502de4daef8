package io.iedp.serve;

import io.iedp.engine.IedpModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What {@code iedp serve RUN --port 0} does, without a command line. */
final class ServeProcess {
    private ServeProcess() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        Server server = Server.start(ServerOptions.LOCAL);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.open(List.of(Served.warm("micro", IedpModel.open(Path.of(arguments[0])))));
        System.out.println(server.address() + ": micro");
        new CountDownLatch(1).await();
    }

    static List<String> command(Path run) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServeProcess.class.getName(),
                run.toString());
    }
}
