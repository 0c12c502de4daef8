package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.data.Batch;
import io.iedp.api.task.ForwardPass;
import io.iedp.nn.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One batch as the protocols of several tasks ask for it: one pass serves all that look at the whole pictures, and is kept
 * whatever scopes they end. Parts of pictures are passed for the head alone that asks.
 */
final class SharedPass implements AutoCloseable {
    private final PerceptionModel model;
    private final List<TaskHead> heads;
    private final Batch whole;
    private final Map<String, NDArray> outputs = new LinkedHashMap<>();

    SharedPass(PerceptionModel model, List<TaskHead> heads, Batch whole) {
        this.model = model;
        this.heads = heads;
        this.whole = whole;
    }

    /** The model as the protocol of one task sees it. */
    @SuppressWarnings("ReferenceEquality") // parts of pictures are other batches
    ForwardPass of(TaskHead head) {
        return asked -> {
            if (asked != whole || heads.size() == 1) {
                return model.predict(asked, List.of(head)).head();
            }
            if (outputs.isEmpty()) {
                NDList all = model.predict(whole, heads);
                for (int i = 0; i < all.size(); i++) {
                    outputs.put(heads.get(i).name(), Scopes.unscoped(all.get(i)));
                }
            }
            return outputs.get(head.name());
        };
    }

    @Override
    public void close() {
        outputs.values().forEach(NDArray::close);
    }
}
