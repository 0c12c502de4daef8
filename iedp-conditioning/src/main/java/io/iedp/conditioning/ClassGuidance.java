package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.nn.Embedding;
import io.iedp.nn.Scopes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Guidance by the names of classes (VPD: Zhao et al., 2023, section 3.3): an embedding for each of all classes, or for
 * the one that a sample's scene names.
 *
 * @param names of the classes
 * @param embeddings of all names, (names, width), by the array manager to make them with
 * @param match finds the class of a scene; without it, all classes are embedded
 */
record ClassGuidance(
        Use use,
        double lossWeight,
        List<String> names,
        Function<NDManager, NDArray> embeddings,
        Optional<SceneMatch> match,
        Optional<TextAdapter> adapter)
        implements GuidanceBranch {
    @Override
    public int tokens() {
        return match.isPresent() ? 1 : names.size();
    }

    /** Which classes a picture has, as indices, (B, T). */
    @Override
    public NDList encode(Batch batch) {
        long[] all = LongStream.range(0, names.size()).toArray();
        long[] indices = batch.samples().stream()
                .flatMapToLong(sample -> match.isPresent() ? LongStream.of(scene(sample)) : Arrays.stream(all))
                .toArray();
        return new NDList(batch.pixels().getManager().create(indices, new Shape(batch.size(), tokens())));
    }

    private int scene(Sample sample) {
        problem(SampleOutline.of(sample), match.orElseThrow(), names).ifPresent(problem -> {
            throw new UserException(problem);
        });
        return match.get().find(sample.texts().get(Sample.SCENE), names).orElseThrow();
    }

    /** Why no class can be chosen by the scene of a sample. */
    static Optional<String> problem(SampleOutline sample, SceneMatch match, List<String> names) {
        String scene = sample.texts().get(Sample.SCENE);
        if (scene == null) {
            return Optional.of(
                    "class-embeddings: %s has no text '%s' to choose a class by; its texts are %s. Use select: all, data with scenes, or, to predict single pictures, --text=scene=NAME."
                            .formatted(
                                    sample.name(),
                                    Sample.SCENE,
                                    sample.texts().keySet().stream().sorted().toList()));
        }
        return match.find(scene, names).isPresent()
                ? Optional.empty()
                : Optional.of("class-embeddings: the scene '%s' of %s is none of the %s classes; the nearest is '%s'"
                        .formatted(scene, sample.name(), names.size(), ClassEmbeddings.nearest(scene, names)));
    }

    @Override
    public NDArray embed(NDList encoded) {
        return Scopes.keep(() -> {
            NDArray indices = encoded.head();
            NDArray each = new Embedding(embeddings.apply(indices.getManager())).apply(indices);
            return adapter.map(own -> own.apply(each)).orElse(each);
        });
    }
}
