package io.iedp.nn.files;

import io.iedp.io.pickle.Calls;
import io.iedp.io.pickle.Pickled;
import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.io.pickle.Pickled.Global;
import io.iedp.io.pickle.Pickled.Items;
import io.iedp.io.pickle.Pickled.Nothing;
import io.iedp.nn.files.TorchValue.Storage;
import io.iedp.nn.files.TorchValue.Tensor;
import io.iedp.nn.files.TorchValue.Unknown;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls in PyTorch's pickles that make arrays and their containers; every other one yields a placeholder. */
class TorchCalls implements Calls {
    private static final Map<String, ElementType> STORAGES = Map.of(
            "DoubleStorage", ElementType.F64,
            "FloatStorage", ElementType.F32,
            "HalfStorage", ElementType.F16,
            "BFloat16Storage", ElementType.BF16,
            "LongStorage", ElementType.I64,
            "IntStorage", ElementType.I32,
            "ShortStorage", ElementType.I16,
            "CharStorage", ElementType.I8,
            "ByteStorage", ElementType.U8,
            "BoolStorage", ElementType.BOOL);

    /** By the tuples that they stand in, to which a pickle may refer for every array. */
    private final IdentityHashMap<Items, long[]> numbers = new IdentityHashMap<>();

    @Override
    public final Object global(Global name) {
        return name;
    }

    @Override
    public final Object call(Object callable, Object arguments) {
        if (!(callable instanceof Global global)) {
            // What an unknown object makes is as unknown.
            return callable instanceof Unknown unknown ? new Unknown(unknown.maker()) : Nothing.NOTHING;
        }
        return arguments instanceof Items items ? made(global, items.values()) : new Unknown(global);
    }

    @Override
    public final void build(Object target, Object state) {
        if (target instanceof Unknown unknown && state instanceof Dict dict) {
            unknown.fill(dict);
        }
    }

    @Override
    public final Object persistent(Object reference) {
        return reference instanceof Items items ? storage(items) : Nothing.NOTHING;
    }

    private Object made(Global callable, List<Object> arguments) {
        Optional<?> made = switch (callable.toString()) {
            case "collections.OrderedDict" -> arguments.isEmpty() ? Optional.of(new Dict()) : Optional.empty();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(arguments);
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> first(arguments);
            case "torch.Size" -> first(arguments);
            default -> Optional.empty();
        };
        return made.isPresent() ? made.get() : new Unknown(callable);
    }

    /**
     * A reference to a storage: {@code ('storage', class, key, device, elements)}, before PyTorch 1.6 with a sixth
     * part for one inside another: {@code (its key, first element, elements)}.
     */
    TorchValue storage(Items reference) {
        List<Object> parts = reference.values();
        if (parts.size() < 5
                || !"storage".equals(parts.get(0))
                || !(parts.get(1) instanceof Global type)
                || !(parts.get(2) instanceof String key)
                || !(parts.get(4) instanceof Long elements)) {
            return new Unknown(new Global("torch", "storage"));
        }
        boolean known = type.module().equals("torch") || type.module().equals("torch.cuda");
        if (!known || !STORAGES.containsKey(type.name())) {
            return new Unknown(type);
        }
        long first = 0;
        if (parts.size() > 5 && parts.get(5) instanceof Items view) {
            if (view.values().size() != 3 || !(view.values().get(1) instanceof Long start)) {
                return new Unknown(type);
            }
            first = start;
        }
        return new Storage(STORAGES.get(type.name()), key, elements, first);
    }

    /** {@code (storage, offset, shape, strides, ...)}. */
    private Optional<TorchValue> tensor(List<Object> arguments) {
        if (arguments.size() < 4) {
            return Optional.empty();
        }
        if (arguments.get(0) instanceof Unknown storage) {
            return Optional.of(storage);
        }
        Optional<long[]> shape = numbers(arguments.get(2));
        Optional<long[]> strides = numbers(arguments.get(3));
        return arguments.get(0) instanceof Storage storage
                        && arguments.get(1) instanceof Long offset
                        && shape.isPresent()
                        && strides.isPresent()
                ? Optional.of(new Tensor(storage, offset, shape.get(), strides.get()))
                : Optional.empty();
    }

    private static Optional<Object> first(List<Object> arguments) {
        return arguments.stream()
                .limit(1)
                .filter(each -> each instanceof Pickled || each instanceof TorchValue)
                .findFirst();
    }

    private Optional<long[]> numbers(Object value) {
        return value instanceof Items items
                        && items.values().size() <= ArraySize.MAX_AXES
                        && items.values().stream().allMatch(Long.class::isInstance)
                ? Optional.of(numbers.computeIfAbsent(
                        items,
                        same -> items.values().stream()
                                .mapToLong(each -> (Long) each)
                                .toArray()))
                : Optional.empty();
    }
}
