package io.iedp.export.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.data.ClassInfo;
import io.iedp.api.task.Quantity;
import io.iedp.config.ExperimentLoader;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.ModelOptions;
import io.iedp.engine.model.Assembly;
import io.iedp.engine.model.ModelWatch;
import io.iedp.engine.model.TaskHead;
import io.iedp.engine.run.RunNames;
import io.iedp.export.Agreement;
import io.iedp.export.Exportable;
import io.iedp.export.graph.Graph;
import io.iedp.export.onnx.OnnxFile;
import io.iedp.export.onnx.OnnxModel;
import io.iedp.export.onnx.Pixels;
import io.iedp.export.onnx.Precision;
import io.iedp.export.record.Sizes;
import io.iedp.io.image.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Exports a model, and compares if that is asked for. */
final class Export implements Command {
    static final int DIFFERENT = 1;

    private static final double ALLOWED = 1e-4;

    /** Sixteen bits have eleven of a fraction, and a graph adds up many roundings. */
    private static final double ALLOWED_HALF = 1e-2;

    private final ExportConfig config;
    private final CommandContext context;

    Export(ExportConfig config, CommandContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public int run() {
        Path file = file();
        try (Exportable model = Exportable.of(this::build, config.part())) {
            Sizes sizes = sizes(model);
            Graph graph = model.graph(sizes);
            makeFolder(file);
            Precision precision = config.fp16() ? Precision.FP16 : Precision.FP32;
            OnnxFile.write(graph, file, precision, config.pixels(), metadata(model));
            context.say(
                    "%s: %s operations, %s MiB".formatted(file, graph.nodes().size(), mebibytes(file)));
            return config.check() ? check(model, graph, sizes, file) : 0;
        }
    }

    private Path file() {
        Path file = config.to();
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            throw new UserException("The file must end with .onnx, as in model.onnx, not '%s'".formatted(file));
        }
        if (Files.isDirectory(file)) {
            throw new UserException(
                    "%s is a folder; --to names the file, as in %s".formatted(file, file.resolve("model.onnx")));
        }
        return file;
    }

    private static void makeFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserException("The folder %s cannot be made: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private Assembly build(ModelWatch decorator) {
        Catalog catalog = context.host(Catalog.class);
        if (config.model().endsWith(".yaml") || config.model().endsWith(".yml")) {
            return Assembly.untrained(
                    new ExperimentLoader(catalog, System.getenv())
                            .load(Path.of(config.model()), List.of())
                            .experiment(),
                    decorator);
        }
        ModelOptions options = ModelOptions.run(
                        RunNames.open(config.model(), catalog).path())
                .components(catalog)
                .device("cpu");
        return (config.best() ? options.best() : options).assemble(decorator);
    }

    private Sizes sizes(Exportable model) {
        if (config.size().isEmpty()) {
            return Sizes.any(model.multiple());
        }
        ImageSize size = ImageSize.parse(config.size().get())
                .orElseThrow(() -> new UserException("size must be WIDTHxHEIGHT, as in 640x480, not '%s'"
                        .formatted(config.size().get())));
        return Sizes.of(size.height(), size.width());
    }

    private Map<String, String> metadata(Exportable model) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (config.size().isEmpty()) {
            metadata.put("iedp.size-multiple", Integer.toString(model.multiple()));
        }
        if (config.part() == Exportable.Part.BACKBONE) {
            return metadata;
        }
        metadata.put("iedp.pixels", config.pixels().name().toLowerCase(Locale.ROOT));
        for (TaskHead head : model.assembly().tasks().heads()) {
            metadata.put(
                    "iedp." + Exportable.output(head),
                    quantity(head.task().protocol().quantity()));
        }
        return metadata;
    }

    /** What an output says, as JSON: the quantity, its unit, and the classes with their colours. */
    private static String quantity(Quantity quantity) {
        JsonObject json = new JsonObject();
        json.addProperty("quantity", quantity.name());
        json.addProperty("unit", quantity.unit());
        JsonArray classes = new JsonArray();
        for (ClassInfo each : quantity.classes()) {
            JsonObject own = new JsonObject();
            own.addProperty("name", each.name());
            own.addProperty("color", String.format(Locale.ROOT, "#%06x", each.color()));
            classes.add(own);
        }
        json.add("classes", classes);
        return json.toString();
    }

    private int check(Exportable model, Graph graph, Sizes sizes, Path file) {
        double allowed = config.fp16() ? ALLOWED_HALF : ALLOWED;
        try (OnnxModel exported = OnnxModel.open(file, 0)) {
            List<Agreement> all = Agreement.of(model, graph, sizes.examples(), exported, pixels(), allowed);
            context.table(
                    List.of("input", "output", "absolute", "relative", "allowed"),
                    all.stream()
                            .map(each -> List.of(
                                    each.input(),
                                    each.output(),
                                    number(each.absolute()),
                                    number(each.relative()),
                                    number(allowed)))
                            .toList());
            return all.stream().allMatch(each -> each.relative() <= allowed) ? 0 : DIFFERENT;
        }
    }

    private Pixels pixels() {
        return config.part() == Exportable.Part.MODEL ? config.pixels() : Pixels.FLOAT;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }

    private static String mebibytes(Path file) {
        try {
            Path data = file.resolveSibling(file.getFileName() + ".data");
            long bytes = Files.size(file) + (Files.exists(data) ? Files.size(data) : 0);
            return String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
        } catch (IOException e) {
            throw new UserException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
