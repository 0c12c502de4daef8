package io.iedp.launcher.cli;

import io.iedp.engine.IedpModel;
import io.iedp.engine.ModelOptions;
import io.iedp.engine.run.RunFolder;
import io.iedp.launcher.run.NamedClasses;
import io.iedp.launcher.run.PredictionFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp predict}. */
@Command(name = "predict", description = "Lays a trained run's predictions over photographs of any size.")
final class PredictCommand implements Runnable {
    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "JPEG or PNG pictures.")
    private List<Path> images;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Where the pictures go (default: RUN/predictions; predictions in this folder for a model that comes with IEDP).")
    private Path to;

    @Option(
            names = "--text",
            paramLabel = "NAME=TEXT",
            description = "What the guidance asks for of each picture, as in caption='a small kitchen'.")
    private Map<String, String> texts = Map.of();

    @Option(
            names = "--captions",
            paramLabel = "FILE",
            description =
                    "A table with the columns name and caption of the pictures: says at the end how many of the classes that captions name the model sees, as a judge of what 'iedp generate --prompts' drew.")
    private Path captions;

    @Option(names = "--best", description = "Take the weights that were the best in training, not the last ones.")
    private boolean best;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        RunFolder folder = run.open(root.catalog());
        ModelOptions last = ModelOptions.run(folder.path()).components(root.catalog());
        try (IedpModel model = (best ? last.best() : last).open()) {
            Path target = to == null ? run.inside(folder, "predictions") : to;
            Optional<NamedClasses> named = Optional.ofNullable(captions).map(NamedClasses::read);
            named.ifPresent(classes -> images.forEach(classes::require));
            PredictionFiles.write(model, images, texts, target, (image, prediction, overlay) -> {
                named.ifPresent(classes -> classes.judge(image, prediction.main()));
                out.println(overlay);
                out.flush();
            });
            named.ifPresent(classes -> out.println(classes.summary()));
            out.flush();
        }
    }
}
