package io.iedp.launcher.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.inject.Inject;
import io.iedp.api.UserException;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.head.Head;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Predictor;
import io.iedp.api.task.Task;
import io.iedp.nn.Scopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Backbone, guidance and head as one model. In training, the embeddings of all branches are stacked along
 * the batch for one pass of the shared backbone; at inference, only the branches that need no ground truth
 * run (IEDP, section 3).
 */
public final class PerceptionModel implements Predictor {
    private final Backbone backbone;
    private final Map<String, GuidanceBranch> branches;
    private final List<GuidanceBranch> inference;
    private final Head head;
    private final Task task;
    private final Kernels kernels;

    @Inject
    public PerceptionModel(
            Backbone backbone, Map<String, GuidanceBranch> branches, Head head, Task task, Kernels kernels) {
        this.backbone = backbone;
        this.branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
        this.inference = branches.values().stream()
                .filter(branch -> branch.use() == GuidanceBranch.Use.ALWAYS)
                .toList();
        this.head = head;
        this.task = task;
        this.kernels = kernels;
        check();
    }

    private void check() {
        if (inference.isEmpty()) {
            throw new UserException(
                    ("None of the guidance branches %s can run without ground truth, so the model could "
                                    + "be trained but never used. Add one that can, such as clip-image.")
                            .formatted(branches.keySet()));
        }
        if (branches.values().stream().map(GuidanceBranch::tokens).distinct().count() > 1) {
            throw new UserException(
                    "The guidance branches share one pass of the backbone, so all must give as many tokens: %s"
                            .formatted(branches.entrySet().stream()
                                    .map(branch -> "%s gives %d"
                                            .formatted(
                                                    branch.getKey(),
                                                    branch.getValue().tokens()))
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** All branches, by name. */
    Map<String, GuidanceBranch> branches() {
        return branches;
    }

    /** The loss of each branch, by its name: scalars, before the branches' weights. */
    Map<String, NDArray> losses(Batch batch) {
        NDArray output = forward(batch, List.copyOf(branches.values()), true);
        NDList parts = output.split(branches.size());
        Map<String, NDArray> losses = new LinkedHashMap<>();
        for (Map.Entry<String, GuidanceBranch> branch : branches.entrySet()) {
            losses.put(branch.getKey(), task.loss(parts.get(losses.size()), batch));
        }
        return losses;
    }

    /** What passes between the parts in one training step, by name, in order. */
    Map<String, Shape> shapes(Batch batch) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("pixels", batch.pixels().getShape());
        batch.targets().forEach((name, target) -> shapes.put("target " + name, target.getShape()));
        NDArray latents = backbone.encode(pad(batch.pixels()));
        shapes.put("latents", latents.getShape());
        NDArray context = null;
        for (Map.Entry<String, GuidanceBranch> branch : branches.entrySet()) {
            context = branch.getValue().embed(branch.getValue().encode(batch));
            shapes.put("guidance " + branch.getKey(), context.getShape());
        }
        Features features = backbone.features(latents, context).map(kernels::float32);
        for (int i = 0; i < features.levels().size(); i++) {
            shapes.put("features " + i, features.levels().get(i).getShape());
        }
        shapes.put("output", head.forward(features, true).getShape());
        return shapes;
    }

    /** Runs the inference branches; several of them are averaged. */
    @Override
    public NDArray predict(NDArray pixels) {
        return Scopes.keep(() -> {
            Shape size = pixels.getShape();
            NDArray output = forward(Batch.of(pixels), inference, false);
            if (inference.size() > 1) {
                output = NDArrays.add(output.split(inference.size()).toArray(NDArray[]::new))
                        .div(inference.size());
            }
            int height = padded(size.get(2));
            int width = padded(size.get(3));
            return kernels.resizeBilinear(output, height, width)
                    .get(":, :, :%d, :%d".formatted(size.get(2), size.get(3)));
        });
    }

    /** All branches in one pass: (branches * B, outputs, h, w), branch by branch. */
    private NDArray forward(Batch batch, List<GuidanceBranch> selected, boolean training) {
        return Scopes.keep(() -> {
            NDList contexts = new NDList();
            for (GuidanceBranch branch : selected) {
                contexts.add(branch.embed(branch.encode(batch)));
            }
            NDArray latents = backbone.encode(pad(batch.pixels()));
            NDList stacked = new NDList();
            selected.forEach(branch -> stacked.add(latents));
            boolean several = selected.size() > 1;
            Features features = backbone.features(
                            several ? NDArrays.concat(stacked, 0) : latents,
                            several ? NDArrays.concat(contexts, 0) : contexts.head())
                    .map(kernels::float32);
            return head.forward(features, training);
        });
    }

    private NDArray pad(NDArray pixels) {
        Shape size = pixels.getShape();
        long bottom = padded(size.get(2)) - size.get(2);
        long right = padded(size.get(3)) - size.get(3);
        return bottom == 0 && right == 0 ? pixels : pixels.pad(new Shape(0, right, 0, bottom), 0);
    }

    private int padded(long edge) {
        int multiple = backbone.sizeMultiple();
        return Math.toIntExact((edge + multiple - 1) / multiple * multiple);
    }

    /** The weighted sum of the branches' losses. */
    NDArray total(Map<String, NDArray> losses) {
        return losses.entrySet().stream()
                .map(loss ->
                        loss.getValue().mul((float) branches.get(loss.getKey()).lossWeight()))
                .reduce(NDArray::add)
                .orElseThrow();
    }
}
