package io.iedp.pretraining.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.api.data.Batch;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.nn.Kernels;
import io.iedp.api.objective.ObjectiveContext;
import io.iedp.api.objective.ObjectiveMetrics;
import io.iedp.api.objective.PublishedFiles;
import io.iedp.api.objective.TrainingObjective;
import io.iedp.api.task.Goal;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.backbone.UnetConfig;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Scopes;
import io.iedp.nn.Slices;
import io.iedp.pretraining.ClassifierFreeGuidance;
import io.iedp.pretraining.Denoising;
import io.iedp.pretraining.GaussianNoise;
import io.iedp.pretraining.LatentDecoder;
import io.iedp.pretraining.NoisePredictor;
import io.iedp.pretraining.NoiseSchedule;
import io.iedp.pretraining.Pictures;
import io.iedp.pretraining.Release;
import io.iedp.pretraining.SamplerConfig;
import io.iedp.pretraining.SamplerKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns to take noise out of the latents of pictures, told their captions (Rombach et al., 2022). */
final class DenoisingObjective implements TrainingObjective {
    private static final String LOSS = "loss";

    /** Of each validation sample. */
    private static final int TIMESTEPS_MEASURED = 4;

    private final DenoisingConfig settings;
    private final SampleCheck check;
    private final ConfigFile scheduler;
    private final DenoisingLoss loss;
    private final Trained trained;
    private final Frozen frozen;
    private final NDManager manager;
    private final Kernels kernels;
    private final int tokens;
    private final List<String> classes;
    private final NDArray silence;

    /** Rows and columns of the latents that it was trained on last. */
    private final NDArray size;

    /** The UNet. */
    record Trained(NoisePredictor predictor, UnetConfig config, NamedArrays parameters) {}

    DenoisingObjective(
            DenoisingConfig settings,
            SampleCheck check,
            ConfigFile scheduler,
            Trained trained,
            Frozen frozen,
            ObjectiveContext context) {
        this.settings = settings;
        this.check = check;
        this.scheduler = scheduler;
        this.loss = new DenoisingLoss(NoiseSchedule.parse(scheduler), settings.minSnr());
        this.trained = trained;
        this.frozen = frozen;
        this.manager = context.weights().manager();
        this.kernels = context.kernels();
        this.tokens = frozen.encoder().length("denoising", Optional.empty());
        this.classes = context.data().classNames();
        this.silence = Scopes.unscoped(encode(List.of("")));
        this.size = context.weights().buffer("latent_size", new Shape(2), Initializer.ZEROS);
    }

    /** The scaled latents, and the states of the captions' tokens. */
    @Override
    public NDList encode(Batch batch) {
        return new NDList(
                Scopes.keep(() -> frozen.autoencoder()
                        .mode(batch.pixels().mul(2).sub(1))
                        .mul(frozen.vae().latentScale())),
                encode(batch.samples().stream().map(this::caption).toList()));
    }

    @Override
    public boolean hasFrozenEncoder() {
        return true;
    }

    private String caption(Sample sample) {
        check.require(sample);
        return sample.texts().get(Sample.CAPTION);
    }

    private NDArray encode(List<String> texts) {
        return kernels.float32(frozen.encoder().encode(texts, tokens, manager));
    }

    @Override
    public Map<String, NDArray> losses(Batch batch, NDList encoded) {
        NDArray latents = encoded.get(0);
        Shape shape = latents.getShape();
        size.subi(size).addi(manager.create(new float[] {shape.get(2), shape.get(3)}));
        int[] timesteps = timesteps(batch.size());
        NDArray noise = manager.randomNormal(shape);
        NDArray prediction = trained.predictor()
                .predict(
                        loss.schedule().addNoise(latents, noise, timesteps),
                        doubles(timesteps),
                        said(dealt(encoded.get(1))));
        return Map.of(LOSS, loss.of(prediction, loss.target(latents, noise, timesteps), timesteps));
    }

    private int[] timesteps(int count) {
        float[] drawn = manager.randomUniform(0, 1, new Shape(count)).toFloatArray();
        int[] timesteps = new int[count];
        int most = loss.schedule().timesteps();
        for (int i = 0; i < count; i++) {
            timesteps[i] = Math.min((int) (drawn[i] * most), most - 1);
        }
        return timesteps;
    }

    private static double[] doubles(int... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** The captions, with each picture or with another of the batch. */
    private NDArray dealt(NDArray captions) {
        long count = captions.getShape().get(0);
        if (settings.captions() == DenoisingConfig.Captions.MATCHED || count == 1) {
            return captions;
        }
        return Slices.rows(captions, 1, count).concat(Slices.rows(captions, 0, 1), 0);
    }

    /** The captions, of which some are left out. */
    private NDArray said(NDArray captions) {
        if (settings.captionDropout() == 0) {
            return captions;
        }
        return Scopes.keep(() -> {
            NDArray kept = manager.randomUniform(
                            0, 1, new Shape(captions.getShape().get(0), 1, 1))
                    .gte(settings.captionDropout())
                    .toType(captions.getDataType(), false);
            return captions.sub(silence).mul(kept).add(silence);
        });
    }

    @Override
    public ObjectiveMetrics metrics() {
        Means means = new Means();
        WordAttention attention = new WordAttention(frozen.encoder().tokenizer(), tokens, classes);
        return new ObjectiveMetrics() {
            @Override
            public void update(Batch batch, NDList encoded) {
                Map<String, Double> sums = new LinkedHashMap<>();
                NDArray[] maps = new NDArray[TIMESTEPS_MEASURED];
                for (int part = 0; part < TIMESTEPS_MEASURED; part++) {
                    maps[part] = add(batch, encoded, part, sums);
                }
                means.add(sums, batch.size());
                attention.add(batch.samples(), NDArrays.add(maps));
            }

            @Override
            public MetricReport report() {
                Map<String, Double> values = means.values();
                values.put("loss saved by captions", 1 - values.get(LOSS) / values.get("loss without captions"));
                attention.mean().ifPresent(mean -> values.put("attention AUC", mean));
                MetricTable classes = attention.byClass();
                return new MetricReport(values, classes.rows().isEmpty() ? List.of() : List.of(classes));
            }
        };
    }

    /**
     * Adds the losses in the middle of a quarter of all timesteps, with noise that follows from the sample's name.
     *
     * @return the attention to each token, (B, T, h, w)
     */
    private NDArray add(Batch batch, NDList encoded, int part, Map<String, Double> sums) {
        NDArray latents = encoded.get(0);
        NDArray captions = encoded.get(1);
        int[] timesteps = new int[batch.size()];
        Arrays.fill(timesteps, loss.schedule().timesteps() * (2 * part + 1) / (2 * TIMESTEPS_MEASURED));
        NDArray noise = noise(batch.samples(), part, latents.getShape());
        NDArray noisy = loss.schedule().addNoise(latents, noise, timesteps);
        NDArray target = loss.target(latents, noise, timesteps);
        NDList told = trained.predictor().predictAndAttend(noisy, doubles(timesteps), captions);
        NDArray none = silence.broadcast(captions.getShape());
        NDArray untold = trained.predictor().predict(noisy, doubles(timesteps), none);
        sums.merge(LOSS, mean(told.get(0), target), Double::sum);
        sums.merge("loss without captions", mean(untold, target), Double::sum);
        return told.get(1);
    }

    /** A timestep's part of the mean over those that are measured, summed over samples. */
    private static double mean(NDArray prediction, NDArray target) {
        return DenoisingLoss.bySample(prediction, target).sum().getFloat() / TIMESTEPS_MEASURED;
    }

    private NDArray noise(List<Sample> samples, int part, Shape shape) {
        int each = Math.toIntExact(shape.size() / samples.size());
        float[] all = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < samples.size(); i++) {
            double[] own = new GaussianNoise(31L * samples.get(i).name().hashCode() + part, each).get();
            for (int j = 0; j < each; j++) {
                all[i * each + j] = (float) own[j];
            }
        }
        return manager.create(all, shape);
    }

    @Override
    public Goal goal() {
        return new Goal(LOSS, false);
    }

    /** Drawn from the captions, with noise that follows from the samples' names. */
    @Override
    public List<RgbImage> pictures(Batch batch, NDList encoded) {
        Shape shape = encoded.get(0).getShape();
        Shape one = new Shape(1, shape.get(1), shape.get(2), shape.get(3));
        ClassifierFreeGuidance guidance =
                new ClassifierFreeGuidance(settings.drawing().scale(), 0);
        SamplerConfig sampler = new SamplerConfig(scheduler, SamplerKind.DDIM, Release.V0_40, Optional.empty());
        Denoising denoising = new Denoising(trained.predictor(), guidance, one, manager);
        LatentDecoder decoder = new LatentDecoder(frozen.autoencoder().decoder(), frozen.vae());
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int index = i;
            pictures.addAll(Pictures.of(Scopes.keep(() ->
                    kernels.float32(decoder.picture(denoising.latents(denoising.run(
                            sampler.start(settings.drawing().steps(), 0),
                            new GaussianNoise(
                                    batch.samples().get(index).name().hashCode(), Math.toIntExact(one.size())),
                            Slices.rows(encoded.get(1), index, index + 1),
                            silence,
                            step -> {})))))));
        }
        return pictures;
    }

    @Override
    public List<String> notes() {
        if (settings.captionDropout() == 1) {
            return List.of("caption-dropout is 1, so no caption is looked at");
        }
        return settings.captions() == DenoisingConfig.Captions.SHUFFLED
                ? List.of("captions is shuffled, so no picture is trained with its own caption")
                : List.of();
    }

    /** The whole model, so that it can be used as it is. */
    @Override
    public PublishedFiles published() {
        JsonObject unet = trained.config().json();
        float[] known = size.toFloatArray();
        if (known[0] > 0) {
            JsonArray edges = new JsonArray();
            edges.add((int) known[0]);
            edges.add((int) known[1]);
            unet.add("sample_size", edges);
        }
        JsonObject index = new JsonObject();
        index.addProperty("_class_name", "StableDiffusionPipeline");
        index.add("unet", part("diffusers", "UNet2DConditionModel"));
        index.add("vae", part("diffusers", "AutoencoderKL"));
        index.add("text_encoder", part("transformers", "CLIPTextModel"));
        index.add("tokenizer", part("transformers", "CLIPTokenizer"));
        index.add("scheduler", part("diffusers", "DDIMScheduler"));
        JsonObject noise = scheduler.json().deepCopy();
        noise.addProperty("_class_name", "DDIMScheduler");
        noise.addProperty("prediction_type", loss.schedule().prediction().published());
        Map<String, NDArray> text = new LinkedHashMap<>();
        frozen.textParameters().arrays().forEach((name, array) -> text.put("text_model." + name, array));
        return new Published()
                .json("model_index.json", index)
                .diffusers("unet", unet, trained.parameters().arrays())
                .diffusers("vae", frozen.vae().json(), frozen.vaeParameters().arrays())
                .transformers("text_encoder", frozen.encoder().text().config().json(), text)
                .texts("tokenizer", frozen.encoder().tokenizer().files())
                .json("scheduler/scheduler_config.json", noise)
                .files();
    }

    private static JsonArray part(String library, String name) {
        JsonArray pair = new JsonArray();
        pair.add(library);
        pair.add(name);
        return pair;
    }
}
