package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.nn.Scopes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Guidance by the names of classes (VPD: Zhao et al., 2023, section 3.3): an embedding for each of all classes, or for
 * the one that a sample's scene names.
 *
 * @param names of the classes
 * @param embeddings (names, width), without training
 * @param match finds the class of a scene; without it, all classes are embedded
 */
record ClassGuidance(
        Use use,
        double lossWeight,
        List<String> names,
        NDArray embeddings,
        Optional<SceneMatch> match,
        Optional<TextAdapter> adapter)
        implements GuidanceBranch {
    @Override
    public int tokens() {
        return match.isPresent() ? 1 : names.size();
    }

    /** The classes' embeddings, (B, T, width). */
    @Override
    public NDList encode(Batch batch) {
        return Scopes.keepAll(() -> {
            NDList each = new NDList();
            if (match.isPresent()) {
                batch.samples()
                        .forEach(
                                sample -> each.add(embeddings.get(scene(sample)).expandDims(0)));
            } else {
                each.addAll(Collections.nCopies(batch.size(), embeddings));
            }
            return new NDList(NDArrays.stack(each));
        });
    }

    private int scene(Sample sample) {
        String scene = sample.texts().get(Sample.SCENE);
        if (scene == null) {
            throw new UserException(
                    "class-embeddings: %s has no text '%s' to choose a class by; its texts are %s. Use select: all, data with scenes, or, for single pictures, 'iedp predict --text scene=NAME'."
                            .formatted(
                                    sample.name(),
                                    Sample.SCENE,
                                    sample.texts().keySet().stream().sorted().toList()));
        }
        return match.orElseThrow()
                .find(scene, names)
                .orElseThrow(() -> new UserException(
                        "class-embeddings: the scene '%s' of %s is none of the %d classes; the nearest is '%s'"
                                .formatted(scene, sample.name(), names.size(), ClassEmbeddings.nearest(scene, names))));
    }

    @Override
    public NDArray embed(NDList encoded) {
        return adapter.map(each -> Scopes.keep(() -> each.apply(encoded.head())))
                .orElseGet(encoded::head);
    }
}
