package io.iedp.nn;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/**
 * Libtorch's own warnings, which go straight to the terminal: where NNPACK does not run, there is one for each
 * small convolution.
 */
final class TorchWarnings {
    private static final int ERRORS_ONLY = 2;

    private TorchWarnings() {}

    static void off() {
        Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("c10"));
        try {
            NativeLibrary.getInstance(library.toString())
                    .getGlobalVariableAddress("FLAGS_caffe2_log_level")
                    .setInt(0, ERRORS_ONLY);
        } catch (UnsatisfiedLinkError e) {
            // A libtorch with another logger; its warnings stay.
        }
    }
}
