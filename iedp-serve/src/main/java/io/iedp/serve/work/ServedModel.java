package io.iedp.serve.work;

import io.iedp.engine.IedpModel;
import io.iedp.engine.Prediction;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model that is open, under the name that requests call it by. */
public final class ServedModel implements AutoCloseable {
    private final String name;
    private final IedpModel model;
    private final Map<String, String> texts;
    private final List<TaskInfo> tasks;

    private ServedModel(String name, IedpModel model, Map<String, String> texts, List<TaskInfo> tasks) {
        this.name = name;
        this.model = model;
        this.texts = Map.copyOf(texts);
        this.tasks = List.copyOf(tasks);
    }

    /**
     * Predicts one picture, which makes the next ones fast and shows what the tasks predict.
     *
     * @param width of that picture, as in training
     * @param texts what the guidance is told by requests that say nothing, by name
     */
    public static ServedModel warm(String name, IedpModel model, int width, int height, Map<String, String> texts) {
        BufferedImage black = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Prediction prediction = model.predict(black, texts);
        return new ServedModel(
                name,
                model,
                texts,
                prediction.tasks().values().stream().map(TaskInfo::of).toList());
    }

    public String name() {
        return name;
    }

    /** What the guidance is told by a request that says this. */
    public Map<String, String> texts(Map<String, String> said) {
        Map<String, String> all = new HashMap<>(texts);
        all.putAll(said);
        return all;
    }

    /** The main one first. */
    public List<TaskInfo> tasks() {
        return tasks;
    }

    public Optional<TaskInfo> task(String wanted) {
        return tasks.stream().filter(task -> task.name().equals(wanted)).findFirst();
    }

    List<Prediction> predict(List<Job> jobs) {
        Job first = jobs.get(0);
        return first.texts().isEmpty()
                ? model.predict(jobs.stream().map(Job::picture).toList())
                : List.of(model.predict(first.picture(), first.texts()));
    }

    @Override
    public void close() {
        model.close();
    }
}
