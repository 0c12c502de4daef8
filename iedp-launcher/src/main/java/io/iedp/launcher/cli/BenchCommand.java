package io.iedp.launcher.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.engine.bench.Benchmark;
import io.iedp.engine.bench.KernelProfile;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.image.ImageSize;
import io.iedp.launcher.report.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code iedp bench}. */
@Command(
        name = "bench",
        description =
                "Times backbone and encoders of an experiment at a given size, on made-up pictures, for the classes of its "
                        + "data (150 where these are not known without it); 'bench train FILE' "
                        + "the parts of a training step on the experiment's data.",
        subcommands = BenchTrainCommand.class)
final class BenchCommand implements Runnable {
    /** Kernels of a part that have a line of their own. */
    private static final int PROFILED = 16;

    @ParentCommand
    private Iedp root;

    Iedp root() {
        return root;
    }

    @Spec
    private CommandSpec spec;

    /** Not required here, since a subcommand has one of its own. */
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The experiment file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY.PATH=VALUE",
            description = "Settings that override those of the file, as in precision=bf16.")
    private List<String> overrides = List.of();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "512x512",
            description = "Size of the pictures (default: ${DEFAULT-VALUE}).")
    private String size;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Pictures in one pass (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each part runs; medians are shown (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--unit",
            description = "Show times in units of one 3 x 3 convolution, 320 to 320 channels on 64 x 64 cells.")
    private boolean unit;

    @Option(
            names = "--gradients",
            description = "Also time the backbone's forward and backward pass, as in a training step.")
    private boolean gradients;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "Also time a network in turn with the backbone's features: an ONNX graph of"
                            + " 'iedp export ... part=backbone', or a TorchScript network that takes latents, timestep and guidance.")
    private Path against;

    @Option(
            names = "--timestep",
            defaultValue = "1",
            description = "Timestep for the TorchScript network of --against (default: ${DEFAULT-VALUE}).")
    private double timestep;

    @Option(
            names = "--profile",
            description = "Also show the time of each part by kernel and shapes, the longest first.")
    private boolean profile;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private Path json;

    @Override
    public void run() {
        if (file == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
        }
        PrintWriter out = spec.commandLine().getOut();
        Benchmark.Settings settings = settings();
        try (Benchmark benchmark =
                Benchmark.of(root.loader().load(file, overrides).experiment(), settings)) {
            benchmark.note().ifPresent(out::println);
            double before = benchmark.unit();
            List<Benchmark.Row> rows = benchmark.run();
            List<Benchmark.Row> compared = against == null ? List.of() : benchmark.against(against, timestep);
            double milliseconds = Math.min(before, benchmark.unit());
            out.print(table(rows, milliseconds));
            rows.stream().filter(row -> !row.profile().isEmpty()).forEach(row -> {
                out.println();
                out.print(profile(row));
            });
            if (!compared.isEmpty()) {
                out.println();
                out.print(table(compared, milliseconds));
                out.printf(
                        Locale.ROOT,
                        "%s takes %.2f times as long as the backbone.%n",
                        compared.get(1).part(),
                        compared.get(1).milliseconds() / compared.get(0).milliseconds());
            }
            if (unit) {
                out.printf(Locale.ROOT, "One unit is %.2f ms.%n", milliseconds);
            }
            out.flush();
            write(benchmark, settings, rows, compared, milliseconds);
        }
    }

    private Benchmark.Settings settings() {
        ImageSize pictures = ImageSize.parse(size)
                .orElseThrow(() ->
                        new UserException("--size must be WIDTHxHEIGHT, as in 512x512, not '%s'".formatted(size)));
        if (batch < 1 || repeats < 1) {
            throw new UserException("--batch and --repeats must be at least 1");
        }
        return new Benchmark.Settings(pictures.width(), pictures.height(), batch, repeats, gradients, profile);
    }

    private String table(List<Benchmark.Row> rows, double unitMilliseconds) {
        List<String> columns = new ArrayList<>(List.of("part", "median ms", "best ms"));
        if (unit) {
            columns.add("units");
        }
        columns.addAll(List.of("images/s", "GFLOP/s", "peak MiB"));
        List<List<String>> cells = new ArrayList<>();
        for (Benchmark.Row row : rows) {
            List<String> line =
                    new ArrayList<>(List.of(row.part(), number(row.milliseconds(), 1), number(row.best(), 1)));
            if (unit) {
                line.add(number(row.milliseconds() / unitMilliseconds, 1));
            }
            line.add(number(row.imagesPerSecond(), 2));
            line.add(row.gflops().isPresent() ? number(row.gflops().getAsDouble(), 0) : "-");
            line.add(
                    row.peakMemory().isPresent()
                            ? Long.toString(row.peakMemory().getAsLong() >> 20)
                            : "-");
            cells.add(line);
        }
        return TextTable.of(columns, cells);
    }

    private static String profile(Benchmark.Row part) {
        List<KernelProfile.Row> rows = part.profile();
        List<KernelProfile.Row> shown = new ArrayList<>(rows.subList(0, Math.min(PROFILED, rows.size() - 1)));
        List<KernelProfile.Row> others = rows.subList(shown.size(), rows.size() - 1);
        if (!others.isEmpty()) {
            shown.add(new KernelProfile.Row(
                    others.size() + " others",
                    "",
                    others.stream().mapToLong(KernelProfile.Row::calls).sum(),
                    others.stream().mapToDouble(KernelProfile.Row::milliseconds).sum(),
                    others.stream().mapToDouble(KernelProfile.Row::share).sum(),
                    OptionalDouble.empty()));
        }
        shown.add(rows.get(rows.size() - 1));
        return TextTable.of(
                List.of(part.part(), "calls", "ms", "%", "GFLOP/s", "shapes"),
                shown.stream()
                        .map(row -> List.of(
                                row.kernel(),
                                row.calls() == 0 ? "-" : Long.toString(row.calls()),
                                number(row.milliseconds(), 1),
                                number(100 * row.share(), 1),
                                row.gflops().isPresent() ? number(row.gflops().getAsDouble(), 0) : "-",
                                row.shapes()))
                        .toList());
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private void write(
            Benchmark benchmark,
            Benchmark.Settings settings,
            List<Benchmark.Row> rows,
            List<Benchmark.Row> compared,
            double unitMilliseconds) {
        if (json == null) {
            return;
        }
        JsonObject all = new JsonObject();
        all.addProperty("width", settings.width());
        all.addProperty("height", settings.height());
        all.addProperty("batch", batch);
        all.addProperty("repeats", repeats);
        all.addProperty("classes", benchmark.classes());
        benchmark.note().ifPresent(note -> all.addProperty("note", note));
        all.addProperty("unit-milliseconds", unitMilliseconds);
        all.add("parts", array(rows));
        all.add("against", array(compared));
        try {
            AtomicFiles.write(
                    json, new GsonBuilder().setPrettyPrinting().create().toJson(all) + "\n");
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(json, e.getMessage()), e);
        }
    }

    private static JsonArray array(List<Benchmark.Row> rows) {
        JsonArray array = new JsonArray();
        for (Benchmark.Row row : rows) {
            JsonObject each = new JsonObject();
            each.addProperty("part", row.part());
            each.addProperty("median-milliseconds", row.milliseconds());
            each.addProperty("best-milliseconds", row.best());
            each.addProperty("images-per-second", row.imagesPerSecond());
            row.gflops().ifPresent(value -> each.addProperty("gflops", value));
            row.peakMemory().ifPresent(value -> each.addProperty("peak-bytes", value));
            if (!row.profile().isEmpty()) {
                each.add("profile", profile(row.profile()));
            }
            array.add(each);
        }
        return array;
    }

    private static JsonArray profile(List<KernelProfile.Row> rows) {
        JsonArray array = new JsonArray();
        for (KernelProfile.Row row : rows) {
            JsonObject each = new JsonObject();
            each.addProperty("kernel", row.kernel());
            each.addProperty("shapes", row.shapes());
            each.addProperty("calls", row.calls());
            each.addProperty("milliseconds", row.milliseconds());
            each.addProperty("share", row.share());
            row.gflops().ifPresent(value -> each.addProperty("gflops", value));
            array.add(each);
        }
        return array;
    }
}
