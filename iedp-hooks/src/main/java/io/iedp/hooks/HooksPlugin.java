package io.iedp.hooks;

import io.iedp.api.IedpPlugin;
import io.iedp.api.hook.HookFactory;
import java.util.List;

/** Brings the hooks of this module. */
public final class HooksPlugin implements IedpPlugin {
    @Override
    public List<HookFactory<?>> hooks() {
        return List.of(new EarlyStoppingFactory(), new TensorBoardFactory(), new MlflowFactory());
    }
}
