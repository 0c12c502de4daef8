package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.nn.Kernels;
import io.iedp.nn.ModelWeights;
import io.iedp.nn.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What branches of guidance are tested with. */
final class Branches {
    static final int WIDTH = 8;
    static final int LENGTH = 12;
    static final TextArchitecture ARCHITECTURE = new TextArchitecture(LENGTH, WIDTH, 2, 2);

    private Branches() {}

    /** A host with a model of its own. */
    record Host(Kernels kernels, ModelWeights weights, long seed, int contextWidth, DatasetInfo data)
            implements GuidanceContext {
        static Host of(Kernels kernels, NDManager manager, String... classes) {
            List<ClassInfo> all =
                    Arrays.stream(classes).map(name -> new ClassInfo(name, 0)).toList();
            return new Host(kernels, new ModelWeights(manager.newSubManager(), 5), 5, WIDTH, new DatasetInfo(all, 0));
        }

        /** The parameters that train, by name. */
        List<String> trained() {
            return weights.parameters().stream()
                    .filter(each -> each.role() == Parameter.Role.TRAINED)
                    .map(Parameter::name)
                    .toList();
        }
    }

    /** The encoder with random weights that a branch makes for itself once, from the same seed. */
    static TextEncoder encoder(Host host) {
        Host other = new Host(
                host.kernels, new ModelWeights(host.weights.manager(), host.seed), host.seed, WIDTH, host.data);
        return TextModel.of("test", fixedPrompt(""), other.weights, other);
    }

    static FixedPromptConfig fixedPrompt(String prompt) {
        return new FixedPromptConfig(
                prompt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                When.ALWAYS,
                Optional.empty(),
                ARCHITECTURE);
    }

    static CaptionConfig caption(Optional<Path> file, String text, CaptionConfig.Missing missing, boolean adapter) {
        return new CaptionConfig(
                file,
                text,
                missing,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                adapter,
                0.5,
                When.ALWAYS,
                Optional.empty(),
                ARCHITECTURE);
    }

    static ClassEmbeddingsConfig classes(
            Optional<Path> embeddings, ClassEmbeddingsConfig.Select select, SceneMatch match, String... names) {
        return new ClassEmbeddingsConfig(
                embeddings,
                false,
                ClassEmbeddingsConfig.Classes.DATA,
                List.of(names),
                select,
                match,
                true,
                false,
                Optional.empty(),
                20,
                Optional.empty(),
                Optional.empty(),
                1,
                When.ALWAYS,
                Optional.empty(),
                ARCHITECTURE);
    }

    static ClassEmbeddingsConfig trained(Path templates, String... names) {
        return new ClassEmbeddingsConfig(
                Optional.empty(),
                false,
                ClassEmbeddingsConfig.Classes.DATA,
                List.of(names),
                ClassEmbeddingsConfig.Select.ALL,
                SceneMatch.EXACT,
                true,
                true,
                Optional.of(templates),
                20,
                Optional.empty(),
                Optional.empty(),
                1,
                When.ALWAYS,
                Optional.empty(),
                ARCHITECTURE);
    }

    static LabelPromptConfig labelPrompt(String template, LabelPromptConfig.Tokens tokens, LabelPromptConfig.Use use) {
        return new LabelPromptConfig(
                Optional.empty(),
                Optional.empty(),
                template,
                ", ",
                tokens,
                Optional.empty(),
                false,
                1,
                use,
                Optional.empty(),
                ARCHITECTURE);
    }

    static Sample sample(String name, Map<String, String> texts) {
        return new Sample(name, new RgbImage(2, 2, new byte[12]), Map.of(), texts);
    }

    static Sample labelled(String name, float... labels) {
        return new Sample(
                name,
                new RgbImage(labels.length, 1, new byte[3 * labels.length]),
                Map.of(Sample.LABELS, Raster.labels(labels.length, 1, labels)),
                Map.of());
    }

    static Batch batch(NDManager manager, Sample... samples) {
        NDArray pixels = manager.zeros(new Shape(samples.length, 3, 2, 2));
        return new Batch(pixels, Map.of(), List.of(samples));
    }

    static float difference(NDArray one, NDArray other) {
        return one.sub(other).abs().max().getFloat();
    }
}
