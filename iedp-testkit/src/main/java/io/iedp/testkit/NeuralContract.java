package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightSource;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import io.iedp.nn.TorchKernels;
import io.iedp.nn.TorchRuntime;
import io.iedp.nn.files.SafeTensors;
import io.iedp.nn.files.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every component with parameters: same seed, same result; what is saved is restored; gradients reach what
 * trains and nothing else; no array is left behind.
 *
 * @param <C> its configuration record
 * @param <T> the component
 */
abstract class NeuralContract<C extends Record, T> extends ComponentContract<C> {
    static final long SEED = 3;

    private NDManager root;
    private TorchKernels torch;

    NeuralContract() {}

    @BeforeEach
    final void open() {
        root = TorchRuntime.get().newManager(Device.cpu());
        torch = TorchKernels.load();
    }

    @AfterEach
    final void close() {
        torch.close();
        root.close();
    }

    /** Owns the arrays of the test. */
    protected final NDManager manager() {
        return root;
    }

    protected final Kernels kernels() {
        return torch;
    }

    /** Makes the component with parameters of its own. */
    abstract T create(Weights weights);

    /**
     * Runs the component on inputs that are the same each time.
     *
     * @param batch how many pictures
     * @return all results; the batch is their first axis
     */
    abstract NDList run(T component, int batch, boolean training);

    /** Whether gradients must reach this parameter; frozen ones never may. */
    boolean trains(Parameter parameter) {
        return parameter.role() == Parameter.Role.TRAINED;
    }

    private NDList inference(T component, int batch) {
        try (Gradients.Recording off = Gradients.pause()) {
            return run(component, batch, false);
        }
    }

    /** Values that depend on nothing but the shape: {@code sin(0.7 i)}. */
    protected final NDArray wave(long... dimensions) {
        Shape shape = new Shape(dimensions);
        return root.arange((float) shape.size()).mul(0.7f).sin().reshape(shape);
    }

    @Test
    void theSameSeedGivesTheSameResult() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList first = inference(create(new ModelWeights(root.newSubManager(), SEED)), 2);
            NDList second = inference(create(new ModelWeights(root.newSubManager(), SEED)), 2);

            for (int i = 0; i < first.size(); i++) {
                assertThatTensor(second.get(i)).hasSameValuesAs(first.get(i));
            }
        }
    }

    @Test
    void whatIsSavedIsRestored(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        ModelWeights saved = new ModelWeights(root.newSubManager(), SEED);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList before = inference(create(saved), 2);
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            kept(saved).forEach(parameter -> arrays.put(parameter.name(), parameter.array()));
            SafeTensorsWriter.write(file, arrays, Map.of());

            NDList after;
            try (WeightSource source = SafeTensors.open(file)) {
                ModelWeights other = new ModelWeights(root.newSubManager(), SEED + 1);
                T restored = create(other);
                assertThat(source.names())
                        .isEqualTo(kept(other).stream().map(Parameter::name).collect(Collectors.toSet()));
                kept(other)
                        .forEach(parameter ->
                                torch.copy(List.of(parameter.array()), List.of(source.read(parameter.name(), root))));
                after = inference(restored, 2);
            }

            for (int i = 0; i < before.size(); i++) {
                assertThatTensor(after.get(i)).hasSameValuesAs(before.get(i));
            }
        }
    }

    /** What a checkpoint holds: all that is in no other file. */
    private static List<Parameter> kept(ModelWeights weights) {
        return weights.parameters().stream()
                .filter(parameter -> !parameter.loaded())
                .toList();
    }

    @Test
    void gradientsReachWhatTrainsAndNothingElse() {
        ModelWeights weights = new ModelWeights(root.newSubManager(), SEED);
        T component = create(weights);
        try (NDScope scope = new NDScope();
                Gradients.Recording on = Gradients.record()) {
            scope.suppressNotUsedWarning();
            NDArray loss = run(component, 2, true).stream()
                    .map(each -> each.mul(wave(each.getShape().getShape())).sum())
                    .reduce(NDArray::add)
                    .orElseThrow();
            if (weights.parameters().stream().noneMatch(this::trains) && !loss.hasGradient()) {
                return;
            }
            Gradients.backward(loss);
            for (Parameter parameter : weights.parameters()) {
                Optional<NDArray> gradient = Gradients.of(parameter.array());
                if (trains(parameter)) {
                    assertThat(gradient)
                            .as("the gradient of %s", parameter.name())
                            .isPresent();
                    assertThatTensor(gradient.get())
                            .as("the gradient of %s", parameter.name())
                            .isNotZero();
                } else {
                    assertThat(gradient)
                            .as("%s does not train", parameter.name())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void inferenceLeavesTheWeightsAsTheyAre() {
        ModelWeights weights = new ModelWeights(root.newSubManager(), SEED);
        T component = create(weights);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<NDArray> before = weights.parameters().stream()
                    .map(parameter -> parameter.array().duplicate())
                    .toList();

            inference(component, 2);

            int i = 0;
            for (Parameter parameter : weights.parameters()) {
                assertThatTensor(parameter.array()).as(parameter.name()).hasSameValuesAs(before.get(i++));
            }
        }
    }

    @Test
    void picturesDoNotSeeEachOtherAtInference() {
        T component = create(new ModelWeights(root.newSubManager(), SEED));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList both = inference(component, 2);
            NDList one = inference(component, 1);

            for (int i = 0; i < both.size(); i++) {
                assertThatTensor(both.get(i).get("0:1")).isCloseTo(one.get(i), 1e-4);
            }
        }
    }

    @Test
    void noArrayIsLeftBehind() {
        NDManager own = root.newSubManager();
        T component = create(new ModelWeights(own, SEED));
        once(component); // what is made once and kept, such as a table of positions
        int before = arrays(own) + arrays(root);

        for (int i = 0; i < 3; i++) {
            once(component);
        }

        assertThat(arrays(own) + arrays(root)).as("arrays that are alive").isEqualTo(before);
    }

    private void once(T component) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            inference(component, 2);
        }
    }

    private static int arrays(NDManager manager) {
        return manager.getManagedArrays().size();
    }
}
