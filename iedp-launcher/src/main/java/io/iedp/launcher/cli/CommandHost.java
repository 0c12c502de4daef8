package io.iedp.launcher.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.iedp.api.command.CommandContext;
import io.iedp.api.nn.Kernels;
import io.iedp.config.plugin.Catalog;
import io.iedp.launcher.report.TextTable;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** What an installed command gets; the device is put to use once the command asks for it. */
final class CommandHost implements CommandContext, AutoCloseable {
    private final Catalog catalog;
    private final Optional<Device> device;
    private final PrintWriter out;
    private final Console console;
    private NDManager manager;
    private TorchKernels kernels;

    /**
     * @param device none for a command that has no use for one
     */
    CommandHost(Catalog catalog, Optional<Device> device, PrintWriter out) {
        this.catalog = catalog;
        this.device = device;
        this.out = out;
        this.console = new Console(out);
    }

    @Override
    public Kernels kernels() {
        manager();
        if (kernels == null) {
            kernels = TorchKernels.load();
        }
        return kernels;
    }

    @Override
    public NDManager manager() {
        if (manager == null) {
            manager = TorchRuntime.get()
                    .newManager(device.orElseThrow(
                            () -> new IllegalStateException("The command's factory names no device")));
        }
        return manager;
    }

    @Override
    public void say(String line) {
        console.say(line);
    }

    @Override
    public void table(List<String> columns, List<List<String>> rows) {
        out.print(TextTable.of(columns, rows));
        out.flush();
    }

    @Override
    public void advanced(String what, int done, int of) {
        console.advanced(what, done, of);
    }

    @Override
    public <T> T host(Class<T> part) {
        if (!part.isInstance(catalog)) {
            throw new IllegalArgumentException("There is no %s in the host".formatted(part.getName()));
        }
        return part.cast(catalog);
    }

    @Override
    public void close() {
        if (kernels != null) {
            kernels.close();
        }
        if (manager != null) {
            manager.close();
        }
    }
}
