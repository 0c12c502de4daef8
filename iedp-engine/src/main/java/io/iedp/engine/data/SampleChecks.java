package io.iedp.engine.data;

import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.SampleCheck;
import io.iedp.api.data.SampleOutline;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.task.TaskFactory;
import io.iedp.config.experiment.Component;
import io.iedp.config.experiment.Experiment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the components of an experiment ask of each sample, so that one that they would refuse is known beforehand. */
public final class SampleChecks {
    /** Of UTF-8, so that an ending fits behind it. */
    private static final int LONGEST_NAME = 200;

    private static final Pattern NO_FILE_NAME = Pattern.compile("[/\\\\\\p{Cntrl}]");

    private SampleChecks() {}

    /**
     * What training asks for.
     *
     * @param info of the training data
     */
    public static SampleCheck ofTraining(Experiment experiment, DatasetInfo info) {
        return all(experiment, info, true);
    }

    /**
     * What evaluations ask for.
     *
     * @param info of the training data
     */
    public static SampleCheck ofValidation(Experiment experiment, DatasetInfo info) {
        return all(experiment, info, false);
    }

    private static SampleCheck all(Experiment experiment, DatasetInfo info, boolean training) {
        List<SampleCheck> checks = new ArrayList<>();
        checks.add(SampleChecks::name);
        experiment.guidance().values().forEach(branch -> {
            GuidanceFactory<Record> factory = factory(branch);
            if (training || branch.within(() -> factory.use(branch.configuration())) != GuidanceBranch.Use.TRAINING) {
                checks.add(branch.within(() -> factory.check(branch.configuration(), info)));
            }
        });
        checks.add(task(experiment.task()));
        experiment.moreTasks().values().forEach(further -> checks.add(task(further.task())));
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
