package io.iedp.hub;

import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import java.util.List;
import java.util.Optional;

/** {@code iedp weights}. */
final class WeightsFactory implements CommandFactory<WeightsConfig> {
    private final HubStore store;

    WeightsFactory(HubStore store) {
        this.store = store;
    }

    @Override
    public String type() {
        return "weights";
    }

    @Override
    public Class<WeightsConfig> configuration() {
        return WeightsConfig.class;
    }

    @Override
    public String description() {
        return "Lists, downloads and checks published weights, which experiment files name hf://NAME.";
    }

    @Override
    public List<String> details() {
        return List.of(
                "A NAME is ORG/NAME[@REVISION][/FILE] on the hub, or an alias that 'iedp weights list' shows.",
                "HF_HUB_CACHE names the folder, which Python programs share; HF_TOKEN lets you in where a licence must be accepted; HF_HUB_OFFLINE=1 forbids every request.");
    }

    @Override
    public Optional<String> device() {
        return Optional.empty();
    }

    @Override
    public List<ExitCode> exitCodes() {
        return List.of(
                new ExitCode(0, "all is there and as it should be"),
                new ExitCode(WeightsCommand.DIFFERENT, "verify found files that are damaged"),
                new ExitCode(2, "something that you can put right, said in the message"));
    }

    @Override
    public Command create(WeightsConfig configuration, CommandContext context) {
        return new WeightsCommand(store, configuration, context);
    }
}
