package io.iedp.testkit;

import static io.iedp.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import io.iedp.api.data.Batch;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.nn.Gradients;
import io.iedp.nn.ModelWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What holds for every guidance branch.
 *
 * @param <C> its configuration record
 */
public abstract class GuidanceContract<C extends Record> extends NeuralContract<C, GuidanceBranch> {
    @Override
    protected abstract GuidanceFactory<C> factory();

    /** Width of the embeddings that the backbone takes. */
    protected int contextWidth() {
        return 8;
    }

    /** What the branch is made for. */
    protected DatasetInfo data() {
        return Scenes.INFO;
    }

    /** Samples with all that the branch looks at. */
    protected List<Sample> samples(int count) {
        return Scenes.samples(count, 24, 16);
    }

    private record Host(Kernels kernels, Weights weights, long seed, int contextWidth, DatasetInfo data)
            implements GuidanceContext {}

    @Override
    GuidanceBranch create(Weights weights) {
        return factory().create(configuration(), new Host(kernels(), weights, SEED, contextWidth(), data()));
    }

    private GuidanceBranch create() {
        return create(new ModelWeights(manager().newSubManager(), SEED));
    }

    @Override
    NDList run(GuidanceBranch branch, int batch, boolean training) {
        NDList encoded;
        try (Gradients.Recording off = Gradients.pause()) {
            encoded = branch.encode(Scenes.batch(manager(), samples(batch)));
        }
        return new NDList(branch.embed(encoded));
    }

    @Test
    void givesASequenceForEachPictureWhateverTheBatch() {
        GuidanceBranch branch = create();
        for (int batch : new int[] {1, 3}) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray embeddings = run(branch, batch, false).head();

                assertThatTensor(embeddings)
                        .hasShape(batch, branch.tokens(), contextWidth())
                        .isFinite();
            }
        }
    }

    @Test
    void whatIsEncodedHasTheBatchFirst() {
        GuidanceBranch branch = create();
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            NDList encoded = branch.encode(Scenes.batch(manager(), samples(3)));

            assertThat(encoded)
                    .isNotEmpty()
                    .allSatisfy(array -> assertThat(array.getShape().get(0)).isEqualTo(3));
        }
    }

    /** At inference a sample comes without its ground truth. */
    @Test
    void aBranchThatRunsAtInferenceNeedsNoGroundTruth() {
        GuidanceBranch branch = create();
        assertThat(branch.lossWeight()).isNotNegative().isFinite();
        if (branch.use() != GuidanceBranch.Use.ALWAYS) {
            return;
        }
        try (NDScope scope = new NDScope();
                Gradients.Recording off = Gradients.pause()) {
            scope.suppressNotUsedWarning();
            List<Sample> blind = samples(2).stream().map(Sample::withoutTargets).toList();
            Batch batch = Scenes.batch(manager(), blind);

            assertThatTensor(branch.embed(branch.encode(batch)))
                    .hasSameValuesAs(run(branch, 2, false).head());
        }
    }
}
