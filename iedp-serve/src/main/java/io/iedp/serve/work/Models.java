package io.iedp.serve.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The models of a server, the standard one first; there are none until all are open. */
public final class Models implements AutoCloseable {
    private volatile List<ServedModel> all = List.of();

    /** From now on requests are answered. */
    public void open(List<ServedModel> models) {
        all = List.copyOf(models);
    }

    public boolean isReady() {
        return !all.isEmpty();
    }

    public List<ServedModel> all() {
        return all;
    }

    public Optional<ServedModel> named(String name) {
        return all.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    @Override
    public void close() {
        List<ServedModel> open = new ArrayList<>(all);
        all = List.of();
        open.forEach(ServedModel::close);
    }
}
