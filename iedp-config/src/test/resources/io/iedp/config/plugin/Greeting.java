package acme;

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.Range;
import java.util.List;
import java.util.Optional;

/** A command that adds up on the device. */
@ApiVersion(ApiVersion.CURRENT)
public final class Greeting implements IedpPlugin, CommandFactory<Greeting.Config> {
    public record Config(
            @Doc("Whom to greet, 100% sure.") String name,
            @Doc("Numbers to add.") @Default("[1]") List<Integer> numbers,
            @Doc("How often.") @Default("1") @Range(min = 1, max = 3) int times,
            @Doc("What to fail with.") Optional<String> failure) {}

    public List<CommandFactory<?>> commands() { return List.of(this); }
    public String type() { return "acme/greet"; }
    public String description() { return "Greets 100% of its users."; }
    public Class<Config> configuration() { return Config.class; }

    public Command create(Config config, CommandContext context) {
        return () -> {
            config.failure().ifPresent(message -> { throw new UserException(message); });
            boolean own = Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();
            float sum = 0;
            for (int number : config.numbers()) {
                sum += context.kernels().silu(context.manager().create(0f)).getFloat() + number;
            }
            for (int i = 0; i < config.times(); i++) {
                context.say("Hello " + config.name() + ": " + sum + ", " + own);
            }
            return 0;
        };
    }
}
