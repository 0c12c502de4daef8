package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.inject.Inject;
import io.iedp.api.UserException;
import io.iedp.api.backbone.AttentionRequest;
import io.iedp.api.backbone.Backbone;
import io.iedp.api.backbone.Extent;
import io.iedp.api.backbone.Features;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.head.Auxiliary;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.ForwardPass;
import io.iedp.api.task.Loss;
import io.iedp.config.experiment.Experiment;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Backbone, guidance and heads as one model. In training, the embeddings of all branches are stacked along
 * the batch for one pass of the shared backbone; at inference, only the branches that need no ground truth
 * run (IEDP, section 3).
 */
public final class PerceptionModel implements Learner {
    private final Backbone backbone;
    private final Map<String, GuidanceBranch> branches;
    private final List<GuidanceBranch> inference;
    private final TaskHeads tasks;
    private final List<TaskHead> heads;
    private final AttentionRequest attention;
    private final boolean pixelsWanted;
    private final Kernels kernels;
    private final Experiment.BatchStatistics statistics;

    @Inject
    public PerceptionModel(
            Experiment.BatchStatistics statistics,
            Backbone backbone,
            Map<String, GuidanceBranch> branches,
            TaskHeads tasks,
            Kernels kernels) {
        this(
                statistics,
                backbone,
                branches,
                branches.values().stream()
                        .filter(branch -> branch.use() != GuidanceBranch.Use.TRAINING)
                        .toList(),
                tasks,
                kernels);
        if (inference.isEmpty()) {
            throw new UserException(
                    ("None of the guidance branches %s can run without ground truth, so the model could "
                                    + "be trained but never used. Add one that can, such as clip-image.")
                            .formatted(branches.keySet()));
        }
    }

    private PerceptionModel(
            Experiment.BatchStatistics statistics,
            Backbone backbone,
            Map<String, GuidanceBranch> branches,
            List<GuidanceBranch> inference,
            TaskHeads tasks,
            Kernels kernels) {
        this.backbone = backbone;
        this.branches = Collections.unmodifiableMap(new LinkedHashMap<>(branches));
        this.inference = inference;
        this.tasks = tasks;
        this.heads = tasks.heads();
        this.attention = tasks.attention();
        this.pixelsWanted = heads.stream().anyMatch(each -> each.head().wantsPixels());
        this.kernels = kernels;
        this.statistics = statistics;
    }

    /** The same model, which one branch alone guides at inference, whenever else that takes part. */
    PerceptionModel guidedBy(String branch) {
        return new PerceptionModel(statistics, backbone, branches, List.of(branches.get(branch)), tasks, kernels);
    }

    /** Whether the model can only be measured: a branch needs the ground truth each time. */
    public boolean needsTruth() {
        return inference.stream().anyMatch(branch -> branch.use() == GuidanceBranch.Use.ORACLE);
    }

    /** All branches, by name. */
    public Map<String, GuidanceBranch> branches() {
        return branches;
    }

    @Override
    public List<String> notes() {
        return branches.values().stream()
                .flatMap(branch -> branch.notes().stream())
                .toList();
    }

    @Override
    public Sample prepare(Sample sample) {
        return tasks.prepare(sample);
    }

    /** The loss of each branch, by its name: scalars, of all tasks together, before the branches' weights. */
    @Override
    public Map<String, NDArray> losses(Batch batch) {
        List<List<Output>> outputs = forward(batch, List.copyOf(branches.values()), heads, true);
        List<Loss> each =
                heads.stream().map(head -> head.task().objective().of(batch)).toList();
        Map<String, NDArray> losses = new LinkedHashMap<>();
        for (String branch : branches.keySet()) {
            losses.put(branch, loss(each, outputs.get(losses.size()), batch));
        }
        return losses;
    }

    private NDArray loss(List<Loss> each, List<Output> outputs, Batch batch) {
        NDArray sum = null;
        for (int i = 0; i < heads.size(); i++) {
            NDArray loss = loss(each.get(i), outputs.get(i), batch);
            double weight = heads.get(i).weight();
            NDArray weighted = weight == 1 ? loss : loss.mul((float) weight);
            sum = sum == null ? weighted : sum.add(weighted);
        }
        return sum;
    }

    private NDArray loss(Loss of, Output output, Batch batch) {
        NDArray loss = of.of(unpad(output.main, batch.pixels()));
        for (Auxiliary extra : output.extras) {
            loss = loss.add(
                    of.ofAuxiliary(unpad(extra.output(), batch.pixels())).mul((float) extra.weight()));
        }
        return loss;
    }

    /** What one head makes of one branch's features. */
    private record Output(NDArray main, List<Auxiliary> extras) {}

    @Override
    public Map<String, NDArray> parts(Batch batch) {
        Map<String, NDArray> parts = new LinkedHashMap<>();
        parts.put("pixels", batch.pixels());
        batch.targets().forEach((name, target) -> parts.put("target " + name, target));
        NDArray latents = ForwardingBackbone.encode(backbone, batch, pad(batch.pixels()));
        parts.put("latents", latents);
        for (Map.Entry<String, GuidanceBranch> branch : branches.entrySet()) {
            NDArray context = branch.getValue().embed(branch.getValue().encode(batch));
            parts.put("guidance " + branch.getKey(), context);
        }
        for (String branch : branches.keySet()) {
            Features features = features(latents, parts.get("guidance " + branch), batch.pixels());
            String of = branches.size() == 1 ? "" : " of " + branch;
            for (int i = 0; i < features.levels().size(); i++) {
                parts.put("features " + i + of, features.levels().get(i));
            }
            features.attention()
                    .forEach(map -> parts.put(
                            "attention " + map.part().name().toLowerCase(Locale.ROOT) + " " + map.stride() + of,
                            map.weights()));
            for (TaskHead head : heads) {
                String own = head.name().isEmpty() ? of : " " + head.name() + of;
                NDArray output = head.head().forward(features, true);
                parts.put("output" + own, output);
                parts.put("loss" + own, head.task().objective().loss(unpad(output, batch.pixels()), batch));
            }
        }
        return parts;
    }

    /** How many vectors of guidance the backbone gets of each picture. */
    public int tokens() {
        return inference.get(0).tokens();
    }

    /** The model as the protocol of one task sees it. */
    public ForwardPass forwardPass(TaskHead head) {
        return batch -> predict(batch, List.of(head)).head();
    }

    /**
     * Runs the inference branches; several of them are averaged.
     *
     * @param asked the heads whose outputs are wanted
     * @return for each head (B, outputs, H, W)
     */
    public NDList predict(Batch batch, List<TaskHead> asked) {
        return Scopes.keepAll(() -> {
            List<List<Output>> branchwise = forward(batch, inference, asked, false);
            NDList all = new NDList();
            for (int i = 0; i < asked.size(); i++) {
                int head = i;
                NDArray[] outputs = branchwise.stream()
                        .map(branch -> branch.get(head).main())
                        .toArray(NDArray[]::new);
                NDArray output =
                        outputs.length == 1 ? outputs[0] : NDArrays.add(outputs).div(outputs.length);
                all.add(atPictureSize(output, batch.pixels()));
            }
            return all;
        });
    }

    /** All branches in one pass of the backbone; what each head makes of each branch. */
    private List<List<Output>> forward(
            Batch batch, List<GuidanceBranch> selected, List<TaskHead> asked, boolean training) {
        Features features = features(batch, selected);
        if (training && selected.size() > 1 && statistics == Experiment.BatchStatistics.BRANCH) {
            return split(features, selected.size()).stream()
                    .map(part -> asked.stream()
                            .map(each -> new Output(
                                    each.head().forward(part, true), each.head().auxiliary(part)))
                            .toList())
                    .toList();
        }
        List<Output> stacked = asked.stream()
                .map(each -> new Output(
                        each.head().forward(features, training),
                        training ? each.head().auxiliary(features) : List.of()))
                .toList();
        return IntStream.range(0, selected.size())
                .mapToObj(branch -> stacked.stream()
                        .map(output -> new Output(
                                part(output.main, branch, selected.size()),
                                output.extras.stream()
                                        .map(extra -> new Auxiliary(
                                                part(extra.output(), branch, selected.size()), extra.weight()))
                                        .toList()))
                        .toList())
                .toList();
    }

    /** What the head sees at inference: of each branch that runs then, stacked along the batch. */
    public Features features(Batch batch) {
        return features(batch, inference);
    }

    private Features features(Batch batch, List<GuidanceBranch> selected) {
        NDList contexts = new NDList();
        for (GuidanceBranch branch : selected) {
            contexts.add(branch.embed(branch.encode(batch)));
        }
        NDArray latents = ForwardingBackbone.encode(backbone, batch, pad(batch.pixels()));
        NDList stacked = new NDList();
        selected.forEach(branch -> stacked.add(latents));
        boolean several = selected.size() > 1;
        return features(
                several ? NDArrays.concat(stacked, 0) : latents,
                several ? NDArrays.concat(contexts, 0) : contexts.head(),
                batch.pixels());
    }

    private Features features(NDArray latents, NDArray context, NDArray pixels) {
        Features features = backbone.features(latents, context, attention).map(kernels::float32);
        if (pixelsWanted) {
            features = features.of(repeated(pad(pixels), latents.getShape().get(0)));
        }
        Shape size = pixels.getShape();
        return isPadded(pixels)
                ? features.within(new Extent(Math.toIntExact(size.get(2)), Math.toIntExact(size.get(3))))
                : features;
    }

    /** As many as there are branches of each, stacked as those are. */
    private static NDArray repeated(NDArray pictures, long stacked) {
        NDList all = new NDList();
        for (long size = pictures.getShape().get(0); all.size() * size < stacked; ) {
            all.add(pictures);
        }
        return all.size() == 1 ? pictures : NDArrays.concat(all, 0);
    }

    /** Features of stacked branches, branch by branch. */
    private static List<Features> split(Features stacked, int branches) {
        List<Features> parts = new ArrayList<>();
        for (int i = 0; i < branches; i++) {
            int branch = i;
            parts.add(stacked.map(array -> part(array, branch, branches)));
        }
        return parts;
    }

    /** What one branch has of an array that is stacked along the batch. */
    private static NDArray part(NDArray stacked, int branch, int branches) {
        long size = stacked.getShape().get(0) / branches;
        return branches == 1 ? stacked : Slices.rows(stacked, branch * size, (branch + 1) * size);
    }

    /** Pads below and on the right with mid-grey, which is 0 where pixels are scaled to [-1, 1], as VPD does. */
    private NDArray pad(NDArray pixels) {
        if (!isPadded(pixels)) {
            return pixels;
        }
        Shape size = pixels.getShape();
        long bottom = padded(size.get(2)) - size.get(2);
        long right = padded(size.get(3)) - size.get(3);
        return pixels.pad(new Shape(0, right, 0, bottom), 0.5);
    }

    private boolean isPadded(NDArray pixels) {
        Shape size = pixels.getShape();
        return padded(size.get(2)) != size.get(2) || padded(size.get(3)) != size.get(3);
    }

    /** The part of an output that is of the pixels themselves; its size changes only if they were padded. */
    private NDArray unpad(NDArray output, NDArray pixels) {
        return isPadded(pixels) ? atPictureSize(output, pixels) : output;
    }

    /** (B, outputs, H, W), for pixels of (B, 3, H, W), from an output of any size that includes the padding. */
    private NDArray atPictureSize(NDArray output, NDArray pixels) {
        Shape size = pixels.getShape();
        NDArray sized = kernels.resizeBilinear(output, padded(size.get(2)), padded(size.get(3)));
        return Slices.window(sized, 0, size.get(2), 0, size.get(3));
    }

    private int padded(long edge) {
        int multiple = backbone.sizeMultiple();
        return Math.toIntExact((edge + multiple - 1) / multiple * multiple);
    }

    /** The weighted sum of the branches' losses. */
    @Override
    public NDArray total(Map<String, NDArray> losses) {
        return losses.entrySet().stream()
                .map(loss ->
                        loss.getValue().mul((float) branches.get(loss.getKey()).lossWeight()))
                .reduce(NDArray::add)
                .orElseThrow();
    }
}
