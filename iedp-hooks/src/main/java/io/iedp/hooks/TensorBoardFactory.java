package io.iedp.hooks;

import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.HookFactory;

/** Makes {@link TensorBoard}. */
final class TensorBoardFactory implements HookFactory<TensorBoardConfig> {
    @Override
    public String type() {
        return "tensorboard";
    }

    @Override
    public Class<TensorBoardConfig> configuration() {
        return TensorBoardConfig.class;
    }

    @Override
    public String description() {
        return "Writes event files for TensorBoard into the run's folder 'tensorboard'.";
    }

    @Override
    public Hook create(TensorBoardConfig configuration, HookContext context) {
        return new TensorBoard(configuration, context);
    }
}
