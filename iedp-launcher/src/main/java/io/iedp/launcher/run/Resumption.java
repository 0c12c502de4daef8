package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.config.KeyChange;
import io.iedp.engine.run.RunFolder;
import io.iedp.engine.training.Checkpoints;
import io.iedp.io.text.ShellWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Which keys of an experiment file may change before its run goes on. */
final class Resumption {
    /**
     * What the state of training does not depend on: when it ends, how fast it learns from here on, what is measured, shown and
     * kept, and where it computes. All else is part of what the weights, the moments or the order of samples mean.
     */
    private static final Pattern FREE = Pattern.compile(
            "name|output|device|(evaluation|checkpoint|hooks|report|cache)(\\..*)?|data\\.(val|root|train\\.root|workers)(\\..*)?"
                    + "|training\\.(steps|learning-rate|weight-decay|schedule(\\..*)?|min-learning-rate|warmup|clip-norm"
                    + "|max-bad-steps|log-every)");

    /** What the file of a checkpoint means that was written when these were no keys. */
    private static final Map<String, String> BEFORE_THE_KEY = Map.of(
            "training.optimizer.type", "adamw",
            "training.optimizer.betas", "[0.9, 0.999]",
            "training.optimizer.epsilon", "1.0E-8",
            "training.schedule.power", "1.0",
            "training.schedule.epochs", "25");

    private static final String SCHEDULE = "training.schedule";

    private Resumption() {}

    /**
     * Says which keys have changed since the newest checkpoint.
     *
     * @throws UserException if one did that must not
     */
    static void check(RunFolder folder, String configuration, Consumer<String> say) {
        List<KeyChange> changes = Checkpoints.configuration(folder.path())
                .map(before -> news(KeyChange.between(before, configuration)))
                .orElse(List.of());
        List<KeyChange> fixed = changes.stream()
                .filter(change -> !FREE.matcher(change.key()).matches())
                .toList();
        if (!fixed.isEmpty()) {
            throw new UserException(
                    ("%s cannot go on with this file: %s of its keys are not those of the checkpoint, and the state of training "
                                    + "depends on them:%n%s%n--init-from=%s in the place of --resume begins a new run with its weights; it needs the FILE, for which "
                                    + "%s can be taken.")
                            .formatted(
                                    folder.path(),
                                    fixed.size(),
                                    lines(fixed),
                                    ShellWord.quote(folder.checkpoint().toString()),
                                    ShellWord.quote(folder.experiment().toString())));
        }
        changes.forEach(change -> say.accept("Changed since the checkpoint: " + change));
    }

    /** Without what an earlier version wrote in another way. */
    private static List<KeyChange> news(List<KeyChange> changes) {
        Optional<String> word = changes.stream()
                .filter(change -> change.key().equals(SCHEDULE))
                .findFirst()
                .flatMap(KeyChange::before);
        Optional<String> type = changes.stream()
                .filter(change -> change.key().equals(SCHEDULE + ".type"))
                .findFirst()
                .flatMap(KeyChange::after);
        boolean same = word.isPresent() && word.equals(type);
        return changes.stream()
                .filter(change ->
                        !(same && List.of(SCHEDULE, SCHEDULE + ".type").contains(change.key())))
                .filter(change -> change.before().isPresent()
                        || !change.after().equals(Optional.ofNullable(BEFORE_THE_KEY.get(change.key()))))
                .toList();
    }

    /**
     * The command that goes on with a run, to be pasted.
     *
     * @param plugins where those are that it needs
     */
    static String command(RunFolder folder, List<Path> plugins, boolean skipBad) {
        StringBuilder command =
                new StringBuilder(ShellWord.quote(System.getenv().getOrDefault("IEDP_COMMAND", "iedp")) + " train");
        plugins.forEach(place -> command.append(" --plugin-path=").append(ShellWord.quote(place.toString())));
        return command.append(skipBad ? " --skip-bad" : "")
                .append(" --resume=")
                .append(ShellWord.quote(folder.path().toString()))
                .toString();
    }

    private static String lines(List<KeyChange> changes) {
        return String.join(
                System.lineSeparator(),
                changes.stream().map(change -> "  " + change).toList());
    }
}
