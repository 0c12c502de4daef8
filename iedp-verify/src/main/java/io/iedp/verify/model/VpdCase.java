package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import io.iedp.api.UserException;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.checkpoints.PublishedForm;
import io.iedp.checkpoints.PublishedHead;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Devices;
import io.iedp.engine.model.ModelWatch;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.Parameter;
import io.iedp.nn.files.RenamedSource;
import io.iedp.nn.files.SafeTensors;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.files.CheckpointFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A case of a whole VPD model: Stable Diffusion in one file, usually a sibling's, and all else in {@code
 * head.safetensors}.
 */
record VpdCase(RecordedCase recorded, CheckpointFolder checkpoint, SafeTensors head) implements AutoCloseable {
    /** The only branch of guidance. */
    static final String BRANCH = "vpd";

    private static final Pattern SAMPLED = Pattern.compile("(.+)_stride(\\d+)");

    static VpdCase open(RecordedCase recorded) {
        CheckpointFolder checkpoint = CheckpointFolder.of(recorded);
        return new VpdCase(
                recorded, checkpoint, SafeTensors.open(recorded.folder().resolve("head.safetensors")));
    }

    ConfigFile meta() {
        return ConfigFile.read(recorded.folder().resolve("meta.json"));
    }

    /** Channels of the backbone's levels, fine to coarse. */
    List<Integer> channels() {
        return checkpoint.config("unet").integers("block_out_channels");
    }

    /** What the head gets. */
    PublishedHead.Levels levels() {
        return new PublishedHead.Levels(channels(), stride(0));
    }

    /** Pixels along an edge of one cell of a level; 0 is the finest. */
    int stride(int level) {
        return 1 << checkpoint.config("vae").integers("block_out_channels").size() - 1 + level;
    }

    /** The guidance {@code class-embeddings} for so many classes; the embeddings themselves are filled in later. */
    String classEmbeddings(String array) {
        return "{type: class-embeddings, names: [%s], architecture: {width: %s, length: 3, layers: 1, heads: 1}}"
                .formatted(String.join(", ", classNames(head.size(array, 0))), head.size(array, 1));
    }

    static List<String> classNames(int count) {
        return IntStream.range(0, count).mapToObj(VpdCase::className).toList();
    }

    static String className(long id) {
        return "class-" + id;
    }

    /** What holds for the data that such a model is trained on. */
    static DatasetInfo data(int classes, double maxDepth) {
        return new DatasetInfo(
                classNames(classes).stream().map(name -> new ClassInfo(name, 0)).toList(), maxDepth);
    }

    /** The experiment with VPD's backbone, a head and these settings. */
    Experiment experiment(Catalog catalog, List<String> head, String... settings) {
        ConfigFile unet = checkpoint.config("unet");
        List<String> all = new ArrayList<>(List.of(
                "name=recorded",
                "device=" + Devices.name(recorded.manager().getDevice()),
                "backbone.type=stable-diffusion",
                "backbone.weights=" + quoted(checkpoint.files().get(0)),
                "backbone.timestep=1",
                "backbone.latent-scale=1",
                "backbone.train=none",
                "backbone.architecture.channels=" + channels(),
                "backbone.architecture.heads="
                        + unet.sizes("attention_head_dim", channels().size(), Integer.MAX_VALUE)
                                .get(0),
                "backbone.architecture.groups=" + unet.integer("norm_num_groups", 32),
                "backbone.architecture.vae-channels=" + checkpoint.config("vae").integers("block_out_channels"),
                "data={train: {type: rooms}, val: {type: rooms}}",
                "training={steps: 1, batch: 1, learning-rate: 0}"));
        all.addAll(head);
        all.addAll(List.of(settings));
        return new ExperimentLoader(catalog, Map.of()).of(all);
    }

    /** A path as a setting has it. */
    static String quoted(Path path) {
        return new Gson().toJson(path.toAbsolutePath().toString().replace("${", "$${"));
    }

    /**
     * Builds the model and gives it the weights of {@code head.safetensors}.
     *
     * @param form whose names the file has
     * @throws UserException if not every array has a place, or something lacks values
     */
    Assembly build(Experiment experiment, DatasetInfo data, ModelWatch watched, PublishedForm form) {
        Assembly model = Assembly.of(experiment, data, watched);
        try {
            RenamedSource source = new RenamedSource(
                    head,
                    name -> name.endsWith(PublishedHead.COUNT)
                            ? ""
                            : form.rename(name, BRANCH).orElse(name));
            model.fill(source);
            List<String> known =
                    model.weights().parameters().stream().map(Parameter::name).toList();
            List<String> strange = source.names().stream()
                    .filter(name -> !known.contains(name))
                    .toList();
            if (!strange.isEmpty()) {
                throw new UserException(
                        "%s has arrays that the model has no place for: %s".formatted(head.description(), strange));
            }
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Pictures with labels and texts.
     *
     * @param pictures (B, 3, H, W), bytes
     * @param labels the input of (B, 1, H, W) bytes, or none
     * @param texts of each picture
     */
    List<Sample> samples(NDArray pictures, Map<String, NDArray> labels, List<Map<String, String>> texts) {
        Shape shape = pictures.getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        int plane = height * width;
        byte[] bytes = pictures.toByteArray();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < shape.get(0); i++) {
            byte[] pixels = new byte[3 * plane];
            for (int at = 0; at < pixels.length; at++) {
                pixels[at] = bytes[i * 3 * plane + at % 3 * plane + at / 3];
            }
            int picture = i;
            Map<String, Raster> targets = labels.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            each -> Raster.labels(
                                    width,
                                    height,
                                    each.getValue()
                                            .get(picture)
                                            .toType(DataType.FLOAT32, true)
                                            .toFloatArray())));
            samples.add(new Sample(
                    "picture-" + i,
                    new RgbImage(width, height, pixels),
                    targets,
                    texts.isEmpty() ? Map.of() : texts.get(i)));
        }
        return samples;
    }

    /**
     * Keeps an array under its name, or of its pixels every n-th if that is what is expected: {@code NAME_strideN}.
     *
     * @param array (B, C, H, W)
     */
    void put(Map<String, NDArray> computed, String name, NDArray array) {
        computed.put(name, array);
        for (String expected : recorded.expected().keySet()) {
            Matcher matcher = SAMPLED.matcher(expected);
            if (matcher.matches() && matcher.group(1).equals(name)) {
                int step = Integer.parseInt(matcher.group(2));
                computed.put(expected, array.get(":, :, ::%s, ::%s".formatted(step, step)));
            }
        }
    }

    /** What was computed, in the hands of the case, so that the model can be closed. */
    Map<String, NDArray> kept(Map<String, NDArray> computed) {
        Map<String, NDArray> kept = new LinkedHashMap<>();
        computed.forEach((name, array) -> {
            NDArray own = array.duplicate();
            own.attach(recorded.manager());
            kept.put(name, own);
        });
        return kept;
    }

    @Override
    public void close() {
        head.close();
    }
}
