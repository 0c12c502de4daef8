package io.iedp.nn.files;

import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.io.pickle.BrokenPickle;
import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.nn.files.TorchContent.Region;
import io.iedp.nn.files.TorchValue.Tensor;
import io.iedp.nn.files.TorchValue.Unknown;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arrays of a file that PyTorch's {@code torch.save} wrote: {@code .ckpt}, {@code .pt}, {@code .pth} or {@code
 * .bin}, in its zip form or the one before version 1.6. They are those of the dictionary under {@code state_dict},
 * if there is one, else of the file's only dictionary of arrays, or the only array that is all of it.
 *
 * <p>Such a file is a pickle, a program in disguise. It is read as data: what it names is never looked up, let alone
 * run. Objects of other kinds than arrays are refused by name where arrays must be, and passed over elsewhere.
 */
public final class TorchFile implements StoredSource {
    /** The name of an array that is all that the file holds. */
    public static final String SINGLE = "array";

    private static final String STATE = "state_dict";

    /** Arrays may be larger than their file, since one element can stand for many, but not by any amount. */
    private static final long MAX_REPEATED = 64 << 20;

    private final MappedFile file;
    private final Map<String, Placed> arrays;

    /**
     * An array whose place has been checked.
     *
     * @param begin of its first element, in bytes from the file's beginning
     * @param span bytes from there to the end of its last element
     */
    private record Placed(ElementType type, Shape shape, long[] strides, long begin, long span) {}

    private TorchFile(MappedFile file, Map<String, Placed> arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    /**
     * Opens a file and checks the places of all its arrays.
     *
     * @throws UserException if there is no such file, it is none of PyTorch's, it is damaged, or there is something
     *     else among its arrays
     */
    public static TorchFile open(Path path) {
        MappedFile file = MappedFile.open(path);
        try {
            return new TorchFile(file, arrays(file));
        } catch (BrokenPickle e) {
            file.close();
            throw file.broken("its pickle cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return file.path().toString();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(arrays.keySet());
    }

    @Override
    public Optional<Shape> shape(String name) {
        return Optional.ofNullable(arrays.get(name)).map(Placed::shape);
    }

    @Override
    public StoredArray stored(String name) {
        Placed array = arrays.get(name);
        if (array == null) {
            throw new UserException("%s has no array '%s'".formatted(description(), name));
        }
        ByteBuffer bytes = file.map(array.begin(), array.span(), "'%s'".formatted(name));
        return array.span() == 0 || Strides.areContiguous(array.shape().getShape(), array.strides())
                ? StoredArray.of(array.type(), array.shape(), bytes)
                : StoredArray.gather(array.type(), array.shape(), array.strides(), bytes);
    }

    /** Closes the file; arrays that were read from it stay valid. */
    @Override
    public void close() {
        file.close();
    }

    private static Map<String, Placed> arrays(MappedFile file) {
        TorchContent content = FileKind.of(file) == FileKind.TORCH_ZIP ? TorchZip.read(file) : TorchLegacy.read(file);
        Map<String, Placed> arrays = new LinkedHashMap<>();
        state(file, content.root()).entries().forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                arrays.put(name, place(file, name, tensor, content.storages()));
            } else if (value instanceof Unknown unknown) {
                throw file.broken(
                        "'%s' is made by %s, which is no array and is not run".formatted(name, unknown.maker()));
            }
        });
        return arrays;
    }

    private static Dict state(MappedFile file, Object root) {
        if (root instanceof Tensor) {
            Dict only = new Dict();
            only.put(SINGLE, root);
            return only;
        }
        if (root instanceof Unknown object) {
            return new ScriptObject(object).state().orElseThrow(() -> whole(file, object));
        }
        if (!(root instanceof Dict dict)) {
            throw file.broken("it holds no dictionary of arrays");
        }
        if (dict.entries().get(STATE) instanceof Unknown object) {
            throw whole(file, object);
        }
        if (dict.entries().get(STATE) instanceof Dict state) {
            return state;
        }
        if (holdsArrays(dict)) {
            return dict;
        }
        List<Dict> inner = dict.entries().values().stream()
                .filter(each -> each instanceof Dict inside && holdsArrays(inside))
                .map(Dict.class::cast)
                .toList();
        if (inner.size() != 1) {
            throw file.broken("it has %s dictionaries of arrays and none named %s; its keys are %s"
                    .formatted(
                            inner.size(),
                            STATE,
                            dict.entries().keySet().stream().limit(20).toList()));
        }
        return inner.get(0);
    }

    private static boolean holdsArrays(Dict dict) {
        return dict.entries().values().stream().anyMatch(Tensor.class::isInstance);
    }

    private static UserException whole(MappedFile file, Unknown object) {
        return file.broken("it holds an object of the class %s, which is not made; save its state_dict() instead"
                .formatted(object.maker()));
    }

    private static Placed place(MappedFile file, String name, Tensor tensor, Map<String, Region> storages) {
        ElementType type = tensor.storage().type();
        Region region = storages.get(tensor.storage().key());
        if (region == null) {
            throw file.broken("'%s' lies in the storage %s, which it lacks"
                    .formatted(name, tensor.storage().key()));
        }
        long elements = tensor.storage().elements();
        if (elements < 0 || elements > region.length() / type.bytes()) {
            throw file.broken("'%s' lies in a storage of %s elements, but there are only %s bytes for them"
                    .formatted(name, elements, region.length()));
        }
        long[] shape = tensor.shape();
        long size = ArraySize.of(shape, type).orElse(Long.MAX_VALUE);
        if (shape.length != tensor.strides().length || size > Math.max(file.size(), MAX_REPEATED)) {
            throw file.broken("'%s' has the impossible shape %s with strides %s"
                    .formatted(name, Arrays.toString(shape), Arrays.toString(tensor.strides())));
        }
        long first = index(tensor.storage().first(), tensor.offset());
        long last = size == 0 ? first - 1 : first;
        for (int axis = 0; size > 0 && axis < shape.length; axis++) {
            last = reach(last, shape[axis] - 1, tensor.strides()[axis]);
        }
        if (first < 0 || last < first - 1 || last >= elements) {
            throw file.broken("'%s' of shape %s lies outside of its storage of %s elements"
                    .formatted(name, Arrays.toString(shape), elements));
        }
        return new Placed(
                type,
                new Shape(shape),
                tensor.strides(),
                region.begin() + (size == 0 ? 0 : first * type.bytes()),
                (last - first + 1) * type.bytes());
    }

    /** The sum of two that must not be negative; of impossible ones, a number beyond all storages. */
    private static long index(long first, long offset) {
        return first < 0 || offset < 0 || first > Long.MAX_VALUE - offset ? Long.MAX_VALUE : first + offset;
    }

    private static long reach(long last, long steps, long stride) {
        boolean possible = stride >= 0 && (steps == 0 || stride <= Long.MAX_VALUE / steps);
        return possible ? index(last, steps * stride) : Long.MAX_VALUE;
    }
}
