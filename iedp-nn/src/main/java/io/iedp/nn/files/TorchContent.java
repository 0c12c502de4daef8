package io.iedp.nn.files;

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

    /** Bytes of the file. */
    record Region(long begin, long length) {}
}
