package io.iedp.nn.files;

import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.io.pickle.Pickled.Global;
import java.util.Optional;

/** What PyTorch's pickles hold besides plain values. */
interface TorchValue {
    /** An object of a class that is not known, and so was not made; what it was to be filled with is kept. */
    final class Unknown implements TorchValue {
        private final Global maker;
        private Optional<Dict> state = Optional.empty();

        Unknown(Global maker) {
            this.maker = maker;
        }

        Global maker() {
            return maker;
        }

        Optional<Dict> state() {
            return state;
        }

        void fill(Dict with) {
            state = Optional.of(with);
        }
    }

    /**
     * Elements in the file that arrays share.
     *
     * @param key its name in the file
     * @param elements how many the whole storage has
     * @param first the first element that belongs to it, if it is itself a part of the one of that key
     */
    record Storage(ElementType type, String key, long elements, long first) implements TorchValue {}

    /**
     * An array.
     *
     * @param offset of its first element in the storage
     * @param strides elements from one index to the next, along each axis
     */
    record Tensor(Storage storage, long offset, long[] shape, long[] strides) implements TorchValue {}
}
