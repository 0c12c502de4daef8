package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceContext;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.io.dataset.NyuScenes;
import io.iedp.nn.Scopes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the guidance {@code class-embeddings}. */
final class ClassEmbeddingsFactory implements GuidanceFactory<ClassEmbeddingsConfig> {
    private static final String BUFFER = "class_embeddings";

    @Override
    public String type() {
        return "class-embeddings";
    }

    @Override
    public Class<ClassEmbeddingsConfig> configuration() {
        return ClassEmbeddingsConfig.class;
    }

    @Override
    public String description() {
        return "Embeddings of class names, averaged over templates, with a learned text adapter (VPD).";
    }

    @Override
    public GuidanceBranch.Use use(ClassEmbeddingsConfig configuration) {
        return configuration.use().use();
    }

    @Override
    public SampleCheck check(ClassEmbeddingsConfig configuration, DatasetInfo data) {
        if (configuration.select() != ClassEmbeddingsConfig.Select.SCENE) {
            return SampleCheck.NONE;
        }
        List<String> names = names(configuration, data);
        return sample -> ClassGuidance.problem(sample, configuration.match(), names);
    }

    @Override
    public GuidanceBranch create(ClassEmbeddingsConfig configuration, GuidanceContext context) {
        List<String> names = names(configuration, context.data());
        return new ClassGuidance(
                configuration.use().use(),
                configuration.weight(),
                names,
                configuration.trainEncoder()
                        ? trained(configuration, names, context)
                        : fixed(configuration, names, context),
                configuration.select() == ClassEmbeddingsConfig.Select.SCENE
                        ? Optional.of(configuration.match())
                        : Optional.empty(),
                TextAdapter.wanted(configuration.adapter(), context));
    }

    private Function<NDManager, NDArray> fixed(
            ClassEmbeddingsConfig configuration, List<String> names, GuidanceContext context) {
        NDArray embeddings = configuration.stored()
                ? context.weights().buffer(BUFFER, new Shape(names.size(), context.contextWidth()), NDManager::zeros)
                : configuration
                        .embeddings()
                        .map(file -> read(file, names, context))
                        .orElseGet(() -> compute(configuration, names, context));
        return manager -> embeddings;
    }

    private Function<NDManager, NDArray> trained(
            ClassEmbeddingsConfig configuration, List<String> names, GuidanceContext context) {
        TextEncoder encoder = TextModel.trained(type(), configuration, context.weights(), context);
        Templates templates = Templates.of(configuration.templates());
        return manager -> ClassEmbeddings.computeAtOnce(encoder, names, templates, configuration.length(), manager);
    }

    private List<String> names(ClassEmbeddingsConfig configuration, DatasetInfo data) {
        if (!configuration.names().isEmpty()) {
            return configuration.names();
        }
        if (configuration.classes() == ClassEmbeddingsConfig.Classes.NYU_SCENES) {
            return NyuScenes.NAMES;
        }
        List<String> names = data.classNames();
        if (names.isEmpty()) {
            throw new UserException("%s: the data has no classes; set names, or classes: nyu-scenes".formatted(type()));
        }
        return names;
    }

    private NDArray read(Path file, List<String> names, GuidanceContext context) {
        NDManager manager = context.weights().manager();
        NDArray embeddings = Scopes.keep(() -> ClassEmbeddings.read(file, names, manager));
        TextModel.checkWidth(
                type(), "embeddings in " + file, embeddings.getShape().get(1), context);
        return context.weights().buffer(BUFFER, embeddings.getShape(), (owner, shape, kind) -> embeddings);
    }

    private NDArray compute(ClassEmbeddingsConfig configuration, List<String> names, GuidanceContext context) {
        Templates templates = Templates.of(configuration.templates());
        return TextModel.buffer(
                type(),
                configuration,
                BUFFER,
                context,
                encoder -> ClassEmbeddings.compute(
                        encoder,
                        names,
                        templates,
                        configuration.length(),
                        context.weights().manager()));
    }
}
