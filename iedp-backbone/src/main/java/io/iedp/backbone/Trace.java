package io.iedp.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.iedp.api.backbone.AttentionRequest.Part;
import io.iedp.nn.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is wanted of a pass of the UNet besides its features: states and cross-attention weights by place. */
public final class Trace {
    private final Predicate<Place> wantedStates;
    private final Predicate<Place> wantedWeights;
    private final boolean byHead;
    private final Map<Place, NDArray> states = new LinkedHashMap<>();
    private final Map<Place, NDArray> weights = new LinkedHashMap<>();

    /**
     * A place in the UNet.
     *
     * @param block counts the blocks of the part in the order of the pass
     * @param layer counts the residual blocks in it, each with its transformer; -1 is the end of the block,
     *     after its change of size
     */
    public record Place(Part part, int block, int layer) {
        static Place end(Part part, int block) {
            return new Place(part, block, -1);
        }

        /** Whether it is the end of a block. */
        public boolean isEnd() {
            return layer < 0;
        }
    }

    /**
     * @param byHead whether weights are kept for each attention head rather than their mean
     */
    public Trace(Predicate<Place> wantedStates, Predicate<Place> wantedWeights, boolean byHead) {
        this.wantedStates = wantedStates;
        this.wantedWeights = wantedWeights;
        this.byHead = byHead;
    }

    /** Nothing but the features. */
    public static Trace none() {
        return new Trace(place -> false, place -> false, false);
    }

    /** The states, copied; they belong to the scope in which this is called. */
    public Map<Place, NDArray> states() {
        states.values().forEach(NDScope::register);
        return states;
    }

    /**
     * The weights, (B, N, T) or (B, heads, N, T) by head; they belong to the scope in which this is called.
     */
    public Map<Place, NDArray> weights() {
        weights.values().forEach(NDScope::register);
        return weights;
    }

    void state(Place place, NDArray state) {
        if (wantedStates.test(place)) {
            states.put(place, Scopes.unscoped(state.duplicate()));
        }
    }

    /** Takes (B, heads, N, T), if the weights of that place are wanted and not yet there. */
    Optional<Consumer<NDArray>> weights(Place place) {
        return wantedWeights.test(place) && !weights.containsKey(place)
                ? Optional.of(each -> weights.put(place, Scopes.unscoped(byHead ? each : each.mean(new int[] {1}))))
                : Optional.empty();
    }
}
