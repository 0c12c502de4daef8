package io.iedp.nn.files;

import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.nn.files.TorchValue.Tensor;
import io.iedp.nn.files.TorchValue.Unknown;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * The root of a TorchScript archive, such as those that OpenAI published CLIP as: modules inside modules, whose
 * fields give the names of the arrays.
 */
record ScriptObject(Unknown root) {
    private static final String SCRIPT = "__torch__.";

    /** Longer names are none of a model, and a deep chain of objects could make them without end. */
    private static final int MAX_NAME = 1024;

    private record Module(String path, Dict fields) {}

    /** All arrays in it by their full names, or empty if it is no such object. */
    Optional<Dict> state() {
        if (!isModule(root)) {
            return Optional.empty();
        }
        Dict state = new Dict();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Module> open = new ArrayDeque<>();
        open.add(new Module("", root.state().orElseThrow()));
        while (!open.isEmpty()) {
            Module module = open.poll();
            module.fields().entries().forEach((name, value) -> {
                if (module.path().length() + name.length() > MAX_NAME) {
                    return;
                }
                String full = module.path() + name;
                if (value instanceof Tensor) {
                    state.put(full, value);
                } else if (value instanceof Unknown inner && isModule(inner) && seen.add(inner)) {
                    open.add(new Module(full + ".", inner.state().orElseThrow()));
                }
            });
        }
        return state.entries().isEmpty() ? Optional.empty() : Optional.of(state);
    }

    private static boolean isModule(Unknown object) {
        return object.maker().toString().startsWith(SCRIPT) && object.state().isPresent();
    }
}
