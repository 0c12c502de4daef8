package io.iedp.verify.command;

import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.command.ExitCode;
import io.iedp.config.plugin.Catalog;
import java.util.List;
import java.util.Optional;

/** {@code iedp verify}. */
final class VerifyFactory implements CommandFactory<VerifyConfig> {
    @Override
    public String type() {
        return "verify";
    }

    @Override
    public Class<VerifyConfig> configuration() {
        return VerifyConfig.class;
    }

    @Override
    public String description() {
        return "Runs models on recorded cases and compares with what the original implementations computed.";
    }

    @Override
    public List<String> details() {
        return List.of(
                "A case is a folder with meta.json, inputs.safetensors, expected.safetensors and the model's weights.");
    }

    /** Cases were recorded on a CPU. */
    @Override
    public Optional<String> device() {
        return Optional.of("cpu");
    }

    @Override
    public List<ExitCode> exitCodes() {
        return List.of(
                new ExitCode(0, "every case that ran is within its tolerance"),
                new ExitCode(VerificationReport.OVER, "a case is not, or its model failed"),
                new ExitCode(VerificationReport.UNREADABLE, "no case is over, but one cannot be read, or none ran"));
    }

    @Override
    public Command create(VerifyConfig configuration, CommandContext context) {
        return () -> {
            Verifiers verifiers = Verifiers.of(context.host(Catalog.class));
            List<Outcome> outcomes = new Verification(verifiers, context).run(configuration.folders());
            VerificationReport report = new VerificationReport(outcomes, configuration.arrays());
            report.print(context);
            return report.exitCode();
        };
    }
}
