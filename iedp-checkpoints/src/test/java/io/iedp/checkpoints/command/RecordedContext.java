package io.iedp.checkpoints.command;

import ai.djl.ndarray.NDManager;
import io.iedp.api.command.CommandContext;
import io.iedp.api.nn.Kernels;
import io.iedp.config.plugin.Catalog;
import io.iedp.config.plugin.PluginLoader;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a command says. */
record RecordedContext(Catalog catalog, List<String> said) implements CommandContext {
    /** What the command says until it is over. */
    static List<String> run(ImportConfig config) {
        RecordedContext context = new RecordedContext(PluginLoader.own(), new ArrayList<>());
        new Import(config, context).run();
        return context.said;
    }

    @Override
    public Kernels kernels() {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDManager manager() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void say(String line) {
        said.add(line);
    }

    @Override
    public void table(List<String> columns, List<List<String>> rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void advanced(String what, int done, int of) {}

    @Override
    public <T> T host(Class<T> part) {
        return part.cast(catalog);
    }
}
