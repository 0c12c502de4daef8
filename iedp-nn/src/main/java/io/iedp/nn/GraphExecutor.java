package io.iedp.nn;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Map;

/** The mode of TorchScript's executor on this thread, which DJL can set but does not tell. */
final class GraphExecutor {
    /** {@code torch::jit::getGraphExecutorOptimize()}, as compilers name it. */
    private static final String SYMBOL = Platform.isWindows()
            ? "?getGraphExecutorOptimize@jit@torch@@YA_NXZ"
            : "_ZN5torch3jit24getGraphExecutorOptimizeEv";

    private static final boolean TELLS = bind();

    private GraphExecutor() {}

    /** Whether it profiles and compiles, as it does unless someone turns that off; a libtorch that does not tell is taken to. */
    static boolean optimizes() {
        return !TELLS || optimize() != 0;
    }

    private static boolean bind() {
        Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
        FunctionMapper symbol = (ignored, method) -> SYMBOL;
        try {
            Native.register(
                    GraphExecutor.class,
                    NativeLibrary.getInstance(library.toString(), Map.of(Library.OPTION_FUNCTION_MAPPER, symbol)));
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** C++'s bool is one byte; what comes above it is not defined. */
    private static native byte optimize();
}
