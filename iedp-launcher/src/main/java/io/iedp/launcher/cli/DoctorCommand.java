package io.iedp.launcher.cli;

import io.iedp.engine.model.Devices;
import io.iedp.launcher.report.TextTable;
import io.iedp.launcher.run.Environment;
import io.iedp.nn.LocalLibtorch;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code iedp doctor}. */
@Command(
        name = "doctor",
        description = {
            "Shows versions, device, native library, threads and memory, and tries the native library out.",
            "A libtorch of your own, such as one for GPUs, is named by the environment variable "
                    + LocalLibtorch.SETTING + "."
        })
final class DoctorCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String device = Devices.name(Devices.choose("auto"));
        out.print(TextTable.of(
                List.of("what", "found"),
                Environment.describe(device).entrySet().stream()
                        .map(fact -> List.of(fact.getKey(), fact.getValue()))
                        .toList()));
        Devices.check();
        out.println("The native library computes as it should.");
        out.flush();
    }
}
