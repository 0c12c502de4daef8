package io.iedp.engine.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** Makes the engine {@code IEDP} known to DJL. It is never the default one. */
public final class IedpEngineProvider implements EngineProvider {
    @Override
    public String getEngineName() {
        return IedpEngine.NAME;
    }

    @Override
    public int getEngineRank() {
        return IedpEngine.RANK;
    }

    @Override
    public Engine getEngine() {
        return Holder.ENGINE;
    }

    /** Made when it is first asked for, since DJL lists the engines before it starts any. */
    private static final class Holder {
        private static final IedpEngine ENGINE = new IedpEngine();
    }
}
