package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonObject;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.checkpoints.PublishedForm;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.training.Optimizers;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Gradients;
import io.iedp.nn.GroupedOptimizer;
import io.iedp.nn.Parameter;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Cases of a few optimizer steps of VPDSeg, whose text encoder trains too: losses, gradients of the first step, weights
 * after the last one.
 */
public final class VpdTrainingVerifier implements Verifier {
    private static final String CLASSIFIER = "decode_head.conv_seg.weight";
    private static final String TEXT_ENCODER = "text_encoder.";
    private static final String UNET = "unet.unet.";
    private static final String GAMMA = "gamma";

    private final Catalog catalog;

    public VpdTrainingVerifier(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String kind() {
        return "training";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        try (VpdCase own = VpdCase.open(recorded);
                RecordedTextEncoder texts = RecordedTextEncoder.of(own, recorded.input("input_ids"))) {
            Experiment experiment = experiment(own, texts);
            try (Assembly model = own.build(
                    experiment,
                    VpdCase.data(own.head().size(CLASSIFIER, 0), 0),
                    kernels -> kernels,
                    PublishedForm.VPD_SEGMENTATION)) {
                return own.kept(Run.of(own, model, experiment.training()).compute());
            }
        }
    }

    private Experiment experiment(VpdCase own, RecordedTextEncoder texts) {
        ConfigFile settings = own.meta().section("hyper");
        ConfigFile rates = settings.section("lr_mult");
        return own.experiment(
                catalog,
                VpdSegmentationVerifier.head(own),
                "guidance.%s=%s".formatted(VpdCase.BRANCH, texts.guidance()),
                VpdSegmentationVerifier.task(own),
                "backbone.train=unet",
                "training.learning-rate=" + settings.number("lr", 0),
                "training.weight-decay=" + settings.number("weight_decay", 0),
                "training.schedule=constant",
                "training.groups=[{match: backbone.*, learning-rate: %s}, {match: guidance.%s.clip.*, learning-rate: %s}]"
                        .formatted(rates.number("unet", 1), VpdCase.BRANCH, rates.number("text", 1)));
    }

    /**
     * @param diffusers names of the UNet's arrays, by CompVis' names
     */
    private record Run(VpdCase own, Assembly assembly, Experiment.Training settings, JsonObject diffusers) {
        static Run of(VpdCase own, Assembly assembly, Experiment.Training settings) {
            Path names = own.checkpoint().folder().resolve("name_map_ldm_to_diffusers.json");
            return new Run(
                    own,
                    assembly,
                    settings,
                    ConfigFile.read(names).section("unet").json());
        }

        Map<String, NDArray> compute() {
            Map<String, NDArray> parameters = assembly.weights().parameters().stream()
                    .collect(Collectors.toMap(Parameter::name, Parameter::array));
            Map<String, NDArray> computed = new LinkedHashMap<>();
            Batch batch = assembly.batch(own.samples(
                    own.recorded().input("image_u8"),
                    Map.of(Sample.LABELS, own.recorded().input("label")),
                    List.of()));
            computed.put("class_embeddings", embeddings(batch, parameters));
            NDList losses = new NDList();
            int steps = own.meta().section("hyper").integer("steps");
            try (GroupedOptimizer optimizer = Optimizers.of(settings, assembly.kernels(), assembly.weights())) {
                for (int step = 0; step < steps; step++) {
                    losses.add(backward(batch));
                    if (step == 0) {
                        keep(
                                "grad.",
                                computed,
                                name -> Gradients.of(parameters.get(name)).orElseThrow());
                    }
                    double norm = optimizer.step(settings.learningRate(), 0);
                    if (step == 0) {
                        computed.put(
                                "grad_total_norm", batch.pixels().getManager().create(new float[] {(float) norm}));
                    }
                }
            }
            losses.add(loss(batch));
            computed.put("losses", NDArrays.stack(losses));
            keep("after%s.".formatted(steps), computed, parameters::get);
            return computed;
        }

        private NDArray loss(Batch batch) {
            return assembly.model().losses(batch).get(VpdCase.BRANCH);
        }

        private NDArray backward(Batch batch) {
            try (Gradients.Recording on = Gradients.record()) {
                NDArray loss = loss(batch);
                Gradients.backward(loss);
                return loss.duplicate();
            }
        }

        /** The text encoder's own, with the adapter's gain at zero for a moment. */
        private NDArray embeddings(Batch batch, Map<String, NDArray> parameters) {
            NDArray gain = parameters.get(model(GAMMA));
            float[] values = gain.toFloatArray();
            GuidanceBranch branch = assembly.model().branches().get(VpdCase.BRANCH);
            try (Gradients.Recording off = Gradients.pause()) {
                gain.set(new float[values.length]);
                NDArray embedded = branch.embed(branch.encode(batch)).get(0).duplicate();
                gain.set(values);
                return embedded;
            }
        }

        /** What is expected with names that begin so, as copies. */
        private void keep(String prefix, Map<String, NDArray> computed, Function<String, NDArray> found) {
            own.recorded().expected().keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .forEach(name -> computed.put(
                            name,
                            found.apply(model(name.substring(prefix.length()))).duplicate()));
        }

        private String model(String name) {
            if (name.startsWith(TEXT_ENCODER)) {
                return "guidance.%s.clip.%s".formatted(VpdCase.BRANCH, name.substring(TEXT_ENCODER.length()));
            }
            if (name.startsWith(UNET)) {
                return "backbone.unet."
                        + diffusers
                                .get("model." + name.substring(UNET.length()))
                                .getAsString();
            }
            return PublishedForm.VPD_SEGMENTATION.rename(name, VpdCase.BRANCH).orElse(name);
        }
    }
}
