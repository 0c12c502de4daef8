package io.iedp.hub;

import io.iedp.api.IedpPlugin;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.nn.WeightStore;
import java.util.List;

/** Brings weights by name from a hub of models, and the command that looks after them. */
public final class HubPlugin implements IedpPlugin {
    private final HubStore store = new HubStore();

    @Override
    public List<WeightStore> weightStores() {
        return List.of(store);
    }

    @Override
    public List<CommandFactory<?>> commands() {
        return List.of(new WeightsFactory(store));
    }
}
