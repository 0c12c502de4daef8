package acme;

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import io.iedp.api.command.Positional;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A command with arguments and options. */
@ApiVersion(ApiVersion.CURRENT)
public final class Sorting implements IedpPlugin, CommandFactory<Sorting.Config> {
    public record Config(
            @Positional("ORDER") @Doc("Which way.") Order order,
            @Positional("WORD") @Doc("Words to sort.") List<String> words,
            @Doc("Put before each.") @Default("''") String prefix,
            @Doc("How often.") @Default("1") @Range(min = 1, max = 3) int times,
            @Doc("More words.") @Default("[]") List<String> more,
            @Doc("Whether to number the rows.") @Default("true") boolean numbers,
            @Doc("Fail at the end.") @Default("false") boolean failing,
            @Doc("Where to write.") Optional<Path> to,
            @Doc("Frame.") @Default("{}") Frame frame) {}

    public record Frame(@Doc("Its width.") @Default("0") int width) {}

    public enum Order { UP, DOWN }

    public List<CommandFactory<?>> commands() { return List.of(this); }
    public String type() { return "acme/sort"; }
    public String description() { return "Sorts words."; }
    public List<String> details() { return List.of("All of them, 100%."); }
    public Class<Config> configuration() { return Config.class; }
    public Optional<String> device() { return Optional.empty(); }
    public List<ExitCode> exitCodes() {
        return List.of(new ExitCode(0, "sorted"), new ExitCode(7, "failed, 100% sure"));
    }

    public Command create(Config config, CommandContext context) {
        return () -> {
            List<String> words = new ArrayList<>(config.words());
            words.addAll(config.more());
            Collections.sort(words);
            if (config.order() == Order.DOWN) {
                Collections.reverse(words);
            }
            List<List<String>> rows = new ArrayList<>();
            for (String word : words) {
                rows.add(List.of(
                        config.numbers() ? Integer.toString(rows.size() + 1) : "-",
                        config.prefix() + word.repeat(config.times())));
                context.advanced("sorting", rows.size(), words.size());
            }
            context.table(List.of("row", "word"), rows);
            context.say("to " + config.to().map(Path::toString).orElse("nowhere") + ", width " + config.frame().width());
            return config.failing() ? 7 : 0;
        };
    }
}
