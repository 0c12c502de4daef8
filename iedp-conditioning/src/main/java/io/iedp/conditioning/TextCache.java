package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.Scopes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Encodings of texts, of which those that were used last are kept: prompts repeat, and so do the windows of a picture. Each
 * text is encoded by itself, since the last digits of a product depend on how many rows it has: what is known already must
 * make no difference.
 */
final class TextCache {
    private static final int TEXTS = 128;

    private final Function<List<String>, NDArray> encoder;
    private final Kernels kernels;
    private final NDManager manager;
    private final Map<String, NDArray> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param encoder from n texts to arrays whose first axis is n; it does not train
     * @param manager keeps what is known
     */
    TextCache(Function<List<String>, NDArray> encoder, Kernels kernels, NDManager manager) {
        this.encoder = encoder;
        this.kernels = kernels;
        this.manager = manager;
    }

    /** What the encoder makes of the texts, in 32 bits. */
    NDArray encode(List<String> texts) {
        return Scopes.keep(() -> {
            for (String text : texts) {
                known.computeIfAbsent(
                        text,
                        each -> kept(
                                kernels.float32(encoder.apply(List.of(each))).get(0)));
            }
            NDArray stacked =
                    NDArrays.stack(new NDList(texts.stream().map(known::get).toList()));
            forgetOldest();
            return stacked;
        });
    }

    private NDArray kept(NDArray part) {
        NDArray copy = Scopes.unscoped(part.duplicate());
        copy.attach(manager);
        return copy;
    }

    private void forgetOldest() {
        Iterator<NDArray> oldest = known.values().iterator();
        for (int surplus = known.size() - TEXTS; surplus > 0; surplus--) {
            oldest.next().close();
            oldest.remove();
        }
    }
}
