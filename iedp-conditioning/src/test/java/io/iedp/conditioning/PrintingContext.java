package io.iedp.conditioning;

import ai.djl.ndarray.NDManager;
import io.iedp.api.command.CommandContext;
import io.iedp.api.nn.Kernels;
import java.util.List;

/** Keeps what a command says. */
record PrintingContext(Kernels kernels, NDManager manager, List<String> lines) implements CommandContext {
    @Override
    public void say(String line) {
        lines.add(line);
    }

    @Override
    public void table(List<String> columns, List<List<String>> rows) {
        throw new AssertionError("These commands print no table");
    }

    @Override
    public void advanced(String what, int done, int of) {
        if (done < 1 || done > of) {
            throw new AssertionError("%s of %s %s".formatted(done, of, what));
        }
    }

    @Override
    public <T> T host(Class<T> part) {
        throw new AssertionError("These commands need the API alone");
    }
}
