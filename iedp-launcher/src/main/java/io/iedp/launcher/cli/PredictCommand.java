package io.iedp.launcher.cli;

import io.iedp.api.UserException;
import io.iedp.engine.IedpModel;
import io.iedp.engine.ModelOptions;
import io.iedp.engine.Prediction;
import io.iedp.engine.run.DataDescription;
import io.iedp.engine.run.RunFolder;
import io.iedp.launcher.run.NamedClasses;
import io.iedp.launcher.run.PointFiles;
import io.iedp.launcher.run.PredictionFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final String SHRUNK =
            "Note: larger pictures are shown to the model as small as those of its training. --longest=N shows it more of them, "
                    + "in time and memory that grow with the square of N; --longest=0 all.";

    @ParentCommand
    private Iedp root;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE",
            description =
                    "Pictures (JPEG, PNG, WebP, TIFF, BMP, GIF), folders with pictures, or patterns, as in 'photos/*.jpg'.")
    private List<String> images;

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

    @Option(
            names = "--longest",
            paramLabel = "N",
            description =
                    "Shrink larger pictures until the longer side has N pixels before the model sees them; 0 leaves them as they are (default: until the shorter side is as in training). Predictions have the pictures' own sizes.")
    private Integer longest;

    @Option(
            names = "--points",
            paramLabel = "FILE.ply",
            description =
                    "Also write predicted depth as points in space, with the pictures' colours: to a PLY file for one picture, or for several to a folder.")
    private Path points;

    @Option(
            names = "--field-of-view",
            paramLabel = "DEGREES",
            description =
                    "The angle between the left and the right edge of the pictures, for --points (default: what their EXIF data say, or else 65).")
    private Double fieldOfView;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        RunFolder folder = run.open(root.catalog());
        ModelOptions last = sized(ModelOptions.run(folder.path()).components(root.catalog()));
        List<Path> files = ImageArguments.expand(images);
        Optional<NamedClasses> named = Optional.ofNullable(captions).map(NamedClasses::read);
        named.ifPresent(classes -> files.forEach(classes::require));
        Optional<PointFiles> pointFiles = Optional.ofNullable(points)
                .map(place -> PointFiles.to(
                        place, fieldOfView == null ? OptionalDouble.empty() : OptionalDouble.of(fieldOfView), files));
        Console console = new Console(out);
        try (IedpModel model = (best ? last.best() : last).open()) {
            Path target = to == null ? run.inside(folder, "predictions") : to;
            Optional<DataDescription.Size> samples = longest == null ? last.sizeOfSamples() : Optional.empty();
            AtomicBoolean told = new AtomicBoolean();
            PredictionProgress progress = new PredictionProgress(console, files.size(), (image, stem, prediction) -> {
                pointFiles.ifPresent(each -> console.say(each.write(image, stem, prediction)));
                named.ifPresent(classes -> classes.judge(image, prediction.main()));
                if (isLarger(prediction, samples) && !told.getAndSet(true)) {
                    PrintWriter err = spec.commandLine().getErr();
                    err.println(SHRUNK);
                    err.flush();
                }
            });
            PredictionFiles.write(model, files, texts, target, progress);
            named.ifPresent(classes -> out.println(classes.summary()));
            out.flush();
        }
    }

    private static boolean isLarger(Prediction prediction, Optional<DataDescription.Size> samples) {
        int shorter = Math.min(prediction.width(), prediction.height());
        return samples.filter(size -> Math.min(size.width(), size.height()) < shorter)
                .isPresent();
    }

    private ModelOptions sized(ModelOptions options) {
        if (longest == null) {
            return options;
        }
        if (longest < 0) {
            throw new UserException("--longest must be at least 1, or 0 for pictures as they are, not " + longest);
        }
        return longest == 0 ? options.anySize() : options.longest(longest);
    }
}
