package io.iedp.engine.data;

import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.objective.TrainingObjectiveFactory;
import io.iedp.api.task.TaskFactory;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import io.iedp.config.experiment.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the components of an experiment ask of each sample, so that one that they would refuse is known beforehand.
 *
 * @param training asks for what training needs
 * @param validation asks for what evaluations need
 */
public record SampleChecks(SampleCheck training, SampleCheck validation) {
    /** Of UTF-8, so that an ending fits behind it. */
    private static final int LONGEST_NAME = 200;

    private static final Pattern NO_FILE_NAME = Pattern.compile("[/\\\\\\p{Cntrl}]");

    /**
     * @param info of the training data
     */
    public static SampleChecks of(Experiment experiment, DatasetInfo info) {
        List<SampleCheck> training = new ArrayList<>(List.of(SampleChecks::name));
        List<SampleCheck> validation = new ArrayList<>(training);
        if (experiment.objective().isPresent()) {
            Component objective = experiment.objective().get();
            TrainingObjectiveFactory<Record> factory = factory(objective);
            SampleCheck check = objective.within(() -> factory.check(objective.configuration()));
            training.add(check);
            return new SampleChecks(all(training), all(training));
        }
        ModelSpec model = experiment.model();
        model.guidance().values().forEach(branch -> {
            GuidanceFactory<Record> factory = factory(branch);
            // One check for both: it may read a file.
            SampleCheck check = branch.within(() -> factory.check(branch.configuration(), info));
            training.add(check);
            if (branch.within(() -> factory.use(branch.configuration())) != GuidanceBranch.Use.TRAINING) {
                validation.add(check);
            }
        });
        List<SampleCheck> tasks = new ArrayList<>(List.of(task(model.task())));
        model.moreTasks().values().forEach(further -> tasks.add(task(further.task())));
        training.addAll(tasks);
        validation.addAll(tasks);
        return new SampleChecks(all(training), all(validation));
    }

    private static SampleCheck all(List<SampleCheck> checks) {
        return sample ->
                checks.stream().flatMap(check -> check.problem(sample).stream()).findFirst();
    }

    private static SampleCheck task(Component task) {
        TaskFactory<Record> factory = factory(task);
        return task.within(() -> factory.check(task.configuration()));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <F> F factory(Component component) {
        return (F) component.installed().factory();
    }

    /** The report and predictions have files of that name. */
    private static Optional<String> name(SampleOutline sample) {
        String name = sample.name();
        boolean possible = !name.isBlank()
                && !NO_FILE_NAME.matcher(name).find()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        return possible
                ? Optional.empty()
                : Optional.of(
                        "'%s' cannot be the name of a file: it must have 1 to %s bytes in UTF-8, no slash and no control character."
                                .formatted(NO_FILE_NAME.matcher(name).replaceAll("\uFFFD"), LONGEST_NAME));
    }
}
