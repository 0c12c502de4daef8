package io.iedp.nn;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.iedp.api.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network that someone saved as a TorchScript file. */
public final class TorchModule implements AutoCloseable {
    private final PtSymbolBlock block;

    private TorchModule(PtSymbolBlock block) {
        this.block = block;
    }

    /**
     * @param manager where the network's arrays live
     * @throws UserException if there is no such file, or it is no TorchScript file
     */
    public static TorchModule load(Path file, NDManager manager) {
        if (!Files.isRegularFile(file)) {
            throw new UserException("There is no TorchScript file %s".formatted(file));
        }
        try {
            return new TorchModule(
                    JniUtils.loadModule((PtNDManager) manager, file, true, new String[0], new String[0], false));
        } catch (EngineException e) {
            throw new UserException("%s cannot be read as TorchScript: %s".formatted(file, firstLine(e)), e);
        }
    }

    /**
     * Runs the network without recording gradients.
     *
     * @throws UserException if the network does not take such arrays
     */
    public NDList forward(NDList inputs) {
        try (Gradients.Recording off = Gradients.pause()) {
            return TorchRuntime.get().runScript(() -> IValueUtils.forward(block, inputs, false));
        } catch (EngineException e) {
            throw new UserException(
                    "The TorchScript network does not take %s: %s".formatted(inputs.getShapes()[0], firstLine(e)), e);
        }
    }

    @Override
    public void close() {
        block.close();
    }

    /** What went wrong, without the interpreter's traceback. */
    private static String firstLine(EngineException e) {
        return e.getMessage()
                .lines()
                .filter(line -> line.contains("Error") || line.startsWith("forward()"))
                .findFirst()
                .orElse(e.getMessage().lines().findFirst().orElse("unknown"));
    }
}
