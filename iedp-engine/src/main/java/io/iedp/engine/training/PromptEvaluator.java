package io.iedp.engine.training;

import io.iedp.api.UserException;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.engine.data.TrainingData;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.Inference;
import io.iedp.engine.model.TaskMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures a model that one branch of guidance by words guides alone, told what is true or something else: what it loses
 * then is what it owes to language.
 */
final class PromptEvaluator {
    private final Assembly assembly;
    private final TrainingData data;

    PromptEvaluator(Assembly assembly, TrainingData data) {
        this.assembly = assembly;
        this.data = data;
    }

    /**
     * The branches that are guided by words of the sample.
     *
     * @throws UserException if there are none
     */
    private List<String> branches() {
        Sample first = data.val().get(0);
        List<String> branches = assembly.model().branches().entrySet().stream()
                .filter(branch -> branch.getValue().words(first).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        if (branches.isEmpty()) {
            throw new UserException(
                    "None of the guidance branches %s is told words about a picture, so there are no other words to tell it. Those of the types label-prompt and caption are."
                            .formatted(assembly.model().branches().keySet()));
        }
        return branches;
    }

    /**
     * What can be measured.
     *
     * @throws UserException if nothing can
     */
    List<Prompts> kinds() {
        branches();
        boolean labelled = data.val().get(0).targets().containsKey(Sample.LABELS);
        return Arrays.stream(Prompts.values())
                .filter(kind -> labelled || kind != Prompts.WRONG)
                .toList();
    }

    /** All metrics of each branch with each kind of prompts, and then what else the task's tables have but the classes. */
    List<MetricTable> tables(List<Prompts> prompts, Limit limit, StopSignal stop) {
        List<String> columns = new ArrayList<>(List.of("guidance", "prompts"));
        List<List<String>> rows = new ArrayList<>();
        List<MetricTable> details = new ArrayList<>();
        for (String branch : branches()) {
            PromptBook book = book(branch, limit, stop);
            for (Prompts kind : prompts) {
                MetricReport report = evaluate(branch, book.words(kind), limit, stop);
                String name = kind.name().toLowerCase(Locale.ROOT);
                if (rows.isEmpty()) {
                    columns.addAll(report.values().keySet());
                }
                List<String> row = new ArrayList<>(List.of(branch, name));
                report.values().values().forEach(value -> row.add(String.format(Locale.ROOT, "%.4f", value)));
                rows.add(row);
                report.tables().stream()
                        .filter(table -> !table.title().contains("Classes"))
                        .forEach(table -> details.add(new MetricTable(
                                "%s, %s prompts: %s".formatted(branch, name, table.title()),
                                table.columns(),
                                table.rows())));
            }
        }
        List<MetricTable> tables = new ArrayList<>(List.of(new MetricTable("Prompts", columns, rows)));
        tables.addAll(details);
        return tables;
    }

    private PromptBook book(String branch, Limit limit, StopSignal stop) {
        GuidanceBranch guidance = assembly.model().branches().get(branch);
        PromptBook book = new PromptBook();
        forEach(
                limit,
                stop,
                batch -> batch.forEach(
                        sample -> book.add(sample, guidance.words(sample).orElseThrow())));
        return book;
    }

    private void forEach(Limit limit, StopSignal stop, Consumer<List<Sample>> visitor) {
        new ValidationBatches(data).forEach(data.val(), limit, stop, visitor);
    }

    /**
     * @param words to tell the branch, by the samples' names
     */
    private MetricReport evaluate(String branch, Map<String, String> words, Limit limit, StopSignal stop) {
        Inference model = assembly.predictions().guidedBy(branch);
        TaskMetrics metrics = assembly.tasks().metrics();
        forEach(
                limit,
                stop,
                batch -> TaskEvaluator.measure(
                        model,
                        assembly.tasks(),
                        batch.stream()
                                .map(sample -> told(sample, words.get(sample.name())))
                                .toList(),
                        metrics));
        return metrics.report();
    }

    private static Sample told(Sample sample, String words) {
        Map<String, String> texts = new HashMap<>(sample.texts());
        texts.put(Sample.PROMPT, words);
        return new Sample(sample.name(), sample.image(), sample.targets(), texts);
    }
}
