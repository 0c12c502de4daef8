package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.NormalInitializer;
import com.google.gson.JsonObject;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.WeightsPath;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.ObjectiveMetrics;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import io.iedp.conditioning.ClipPixels;
import io.iedp.conditioning.ClipText;
import io.iedp.conditioning.ClipTokenizer;
import io.iedp.conditioning.ClipVision;
import io.iedp.conditioning.TextEncoder;
import io.iedp.nn.Layers;
import io.iedp.nn.Linear;
import io.iedp.nn.Scopes;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CLIP's two encoders and what brings their states into one space. */
final class Contrastive implements TrainingObjective {
    private final ContrastiveConfig settings;
    private final SampleCheck check;
    private final List<String> classes;
    private final ClipText.Config textConfig;
    private final TextEncoder encoder;
    private final ClipVision vision;
    private final ClipPixels pixels;
    private final Linear textProjection;
    private final Linear visionProjection;
    private final NDArray logScale;
    private final Optional<NDArray> bias;
    private final NamedArrays parameters;
    private final NDManager manager;
    private final Kernels kernels;

    Contrastive(ContrastiveConfig settings, SampleCheck check, ObjectiveContext context) {
        this.settings = settings;
        this.check = check;
        this.classes = context.data().classNames();
        this.manager = context.weights().manager();
        this.kernels = context.kernels();
        this.parameters = new NamedArrays(context.weights());
        ClipTokenizer tokenizer = settings.tokenizer()
                .map(WeightsPath::path)
                .map(ClipTokenizer::load)
                .orElseGet(ClipTokenizer::small);
        Layers layers = new Layers(parameters, context.kernels());
        textConfig = settings.text().text(tokenizer.size(), 0);
        encoder = new TextEncoder(tokenizer, new ClipText(layers.at("text_model"), textConfig));
        ClipVision.Config image = settings.image().vision(0);
        vision = new ClipVision(layers.at("vision_model"), image);
        pixels = new ClipPixels(context.kernels(), manager, image.imageSize(), settings.fit());
        textProjection =
                projection(layers, "text_projection", textConfig.transformer().width());
        visionProjection =
                projection(layers, "visual_projection", image.transformer().width());
        logScale = layers.parameter(
                "logit_scale", new Shape(), new ConstantInitializer((float) Math.log(settings.scale())));
        bias = settings.loss() == ContrastiveLoss.SIGMOID
                ? Optional.of(
                        layers.parameter("logit_bias", new Shape(), new ConstantInitializer((float) settings.bias())))
                : Optional.empty();
    }

    private Linear projection(Layers layers, String name, int width) {
        return layers.linear(
                name, width, settings.width(), new NormalInitializer((float) (1 / Math.sqrt(width))), false);
    }

    @Override
    public Map<String, NDArray> losses(Batch batch, NDList encoded) {
        NDArray images = images(batch.pixels());
        NDArray texts = texts(batch.samples().stream().map(this::caption).toList());
        NDArray positives = ContrastiveLoss.positives(
                images, batch.samples().stream().map(this::key).toArray());
        NDArray logits = ContrastiveLoss.logits(images, texts, logScale);
        Map<String, NDArray> losses = new LinkedHashMap<>();
        losses.put("contrastive", loss(logits, positives));
        if (settings.classNames() > 0) {
            losses.put(
                    "class_names",
                    loss(ContrastiveLoss.logits(images, names(), logScale), present(batch.samples()))
                            .mul((float) settings.classNames()));
        }
        return losses;
    }

    private NDArray loss(NDArray logits, NDArray positives) {
        return settings.loss().of(bias.map(logits::add).orElse(logits), positives);
    }

    /** The embeddings of all classes' texts, (C, width). */
    private NDArray names() {
        return texts(classes.stream().map(settings::prompt).toList());
    }

    private BitSet present(Sample sample) {
        return sample.target(Sample.LABELS).classes().get(0, classes.size());
    }

    /** Which classes the labels have, (B, C). */
    private NDArray present(List<Sample> samples) {
        float[] present = new float[samples.size() * classes.size()];
        for (int i = 0; i < samples.size(); i++) {
            int row = i * classes.size();
            present(samples.get(i)).stream().forEach(label -> present[row + label] = 1);
        }
        return manager.create(present, new Shape(samples.size(), classes.size()));
    }

    private String caption(Sample sample) {
        check.require(sample);
        return sample.texts().get(Sample.CAPTION);
    }

    /** Pairs with the same one belong together. */
    private Object key(Sample sample) {
        return switch (settings.positives()) {
            case PAIR -> sample;
            case TEXT -> caption(sample);
            case CLASSES -> present(sample);
        };
    }

    /** (B, width), normalized. */
    private NDArray images(NDArray pictures) {
        return Scopes.keep(() -> ContrastiveLoss.normalized(
                kernels.float32(visionProjection.apply(vision.pool(vision.encode(pixels.apply(pictures)))))));
    }

    /** (texts, width), normalized. */
    private NDArray texts(List<String> texts) {
        return Scopes.keep(() -> ContrastiveLoss.normalized(
                kernels.float32(textProjection.apply(encoder.pool(texts, textConfig.length(), manager)))));
    }

    @Override
    public ObjectiveMetrics metrics() {
        List<float[]> named = classes.isEmpty() ? List.of() : Retrieval.rows(names());
        Retrieval retrieval = new Retrieval(classes, named);
        return new ObjectiveMetrics() {
            @Override
            public void update(Batch batch, NDList encoded) {
                retrieval.add(
                        batch.samples(),
                        Retrieval.rows(images(batch.pixels())),
                        Retrieval.rows(texts(batch.samples().stream()
                                .map(Contrastive.this::caption)
                                .toList())));
            }

            @Override
            public MetricReport report() {
                return retrieval.report();
            }
        };
    }

    @Override
    public Goal goal() {
        return new Goal(classes.isEmpty() ? Retrieval.RETRIEVED : Retrieval.PRESENT, true);
    }

    @Override
    public List<String> notes() {
        long cut = classes.stream()
                .map(settings::prompt)
                .filter(prompt -> !encoder.fits(prompt, textConfig.length()))
                .count();
        return cut == 0
                ? List.of()
                : List.of("the prompts of %s classes have more than the %s tokens of objective.text.length"
                        .formatted(cut, textConfig.length()));
    }

    @Override
    public PublishedFiles published() {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "clip");
        config.addProperty("projection_dim", settings.width());
        config.add("text_config", textConfig.json());
        config.add("vision_config", settings.image().vision(0).json());
        Map<String, NDArray> text = new LinkedHashMap<>(parameters.arrays());
        text.keySet().removeIf(name -> !name.startsWith("text_model."));
        return new Published()
                .transformers("clip", config, parameters.arrays())
                .texts("clip", encoder.tokenizer().files())
                .transformers("text_encoder", textConfig.json(), text)
                .texts("tokenizer", encoder.tokenizer().files())
                .files();
    }
}
