package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.config.NamedWeights;
import io.iedp.config.experiment.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The weights that an experiment names and that are not on this machine yet. */
public final class MissingWeights {
    private MissingWeights() {}

    /**
     * Makes no request.
     *
     * @return what to say of each, by the path of its key
     * @throws UserException if a name is none
     */
    public static Map<String, String> of(Experiment experiment) {
        Map<String, String> missing = new LinkedHashMap<>();
        NamedWeights.in(experiment)
                .forEach((key, weights) -> said(key, weights::missing).ifPresent(message -> missing.put(key, message)));
        return missing;
    }

    /**
     * Downloads them.
     *
     * @throws UserException if some cannot be had, with all of these
     */
    static void bring(Experiment experiment) {
        List<UserException> failures = new ArrayList<>();
        NamedWeights.in(experiment).forEach((key, weights) -> {
            try {
                said(key, weights::path);
            } catch (UserException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw new UserException(
                    failures.stream()
                            .map(UserException::getMessage)
                            .collect(Collectors.joining(System.lineSeparator())),
                    failures.get(0));
        }
    }

    private static <T> T said(String key, Supplier<T> work) {
        try {
            return work.get();
        } catch (UserException e) {
            throw new UserException("%s: %s".formatted(key, e.getMessage()), e);
        }
    }
}
