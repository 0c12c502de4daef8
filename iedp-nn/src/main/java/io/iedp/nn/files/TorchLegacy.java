package io.iedp.nn.files;

import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.io.pickle.Pickled.Items;
import io.iedp.nn.files.TorchContent.Region;
import io.iedp.nn.files.TorchValue.Storage;
import io.iedp.nn.files.TorchValue.Unknown;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PyTorch's files before 1.6: five pickles (a magic number, the version, the machine, the object, the keys of the
 * storages), then each storage as a count and its elements.
 */
final class TorchLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private final MappedFile file;
    private final ByteBuffer head;
    private final Map<String, Storage> referred = new HashMap<>();
    private final TorchCalls calls = new Referred();

    private TorchLegacy(MappedFile file, ByteBuffer head) {
        this.file = file;
        this.head = head;
    }

    static TorchContent read(MappedFile file) {
        ByteBuffer head = file.map(0, Math.min(file.size(), TorchContent.MAX_PICKLE), "the pickle");
        try {
            return new TorchLegacy(file, head).read();
        } finally {
            DirectMemory.free(head);
        }
    }

    private TorchContent read() {
        if (!MAGIC.equals(next())) {
            throw file.broken("it is a pickle, but none of PyTorch's");
        }
        if (!(next() instanceof Long version) || version != VERSION) {
            throw file.broken("it is of an unknown version of PyTorch's format");
        }
        if (!(next() instanceof Dict machine)
                || !Boolean.TRUE.equals(machine.entries().get("little_endian"))) {
            throw file.broken("its arrays are big-endian; save it on a little-endian machine");
        }
        Object root = next();
        if (!(next() instanceof Items keys)) {
            throw file.broken("it does not list its storages");
        }
        return new TorchContent(root, storages(keys));
    }

    private Object next() {
        return TorchContent.unpickle(head, calls);
    }

    private final class Referred extends TorchCalls {
        @Override
        TorchValue storage(Items reference) {
            TorchValue storage = super.storage(reference);
            if (storage instanceof Storage known) {
                referred.put(known.key(), known);
            } else if (storage instanceof Unknown unknown
                    && reference.values().size() > 2
                    && reference.values().get(0).equals("storage")) {
                // Without the size of its elements, what comes after it cannot be found.
                throw file.broken("it has a storage of type %s, which is not supported".formatted(unknown.maker()));
            }
            return storage;
        }
    }

    private Map<String, Region> storages(Items keys) {
        Map<String, Region> regions = new LinkedHashMap<>();
        long position = head.position();
        for (Object key : keys.values()) {
            Storage storage = key instanceof String name ? referred.get(name) : null;
            if (storage == null) {
                throw file.broken("it lists a storage that it does not use");
            }
            String what = "storage " + storage.key();
            if (regions.containsKey(storage.key())) {
                throw file.broken("it lists %s twice".formatted(what));
            }
            ByteBuffer count = file.map(position, Long.BYTES, what);
            long elements;
            try {
                elements = count.getLong();
            } finally {
                DirectMemory.free(count);
            }
            position += Long.BYTES;
            if (elements != storage.elements()
                    || elements < 0
                    || elements > (file.size() - position) / storage.type().bytes()) {
                throw file.broken("%s would have %s elements of %s; it may be cut short"
                        .formatted(what, elements, storage.elements()));
            }
            regions.put(
                    storage.key(),
                    new Region(position, elements * storage.type().bytes()));
            position += elements * storage.type().bytes();
        }
        return regions;
    }
}
