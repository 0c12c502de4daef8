package io.iedp.models;

import io.iedp.api.IedpPlugin;
import io.iedp.api.nn.WeightStore;
import java.util.List;

/** Brings the models that come with IEDP. */
public final class ModelsPlugin implements IedpPlugin {
    @Override
    public List<WeightStore> weightStores() {
        return List.of(new ShippedModels());
    }
}
