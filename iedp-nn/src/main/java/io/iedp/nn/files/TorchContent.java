package io.iedp.nn.files;

import io.iedp.io.pickle.Calls;
import io.iedp.io.pickle.Unpickler;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What a PyTorch file holds, in whichever of its two forms.
 *
 * @param root the pickled object
 * @param storages where the elements of each storage lie, by its key
 */
record TorchContent(Object root, Map<String, Region> storages) {
    /** The longest pickle that is read; a state dictionary has some 300 bytes for each array. */
    static final long MAX_PICKLE = 64 << 20;

    /** Ten times what a whole training state takes. */
    private static final int MAX_STEPS = 2_000_000;

    /** The object that the buffer holds next. */
    static Object unpickle(ByteBuffer bytes, Calls calls) {
        return new Unpickler(bytes, MAX_STEPS, calls).read();
    }

    /** Bytes of the file. */
    record Region(long begin, long length) {}
}
