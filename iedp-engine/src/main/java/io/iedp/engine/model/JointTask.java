package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.MetricTable;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.Predictor;
import io.iedp.api.task.Task;
import io.iedp.nn.Scopes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several tasks as one: their outputs, predictions and truths are one above the other along the channels. The main task,
 * which is the first, keeps the names of its metrics and decides what is best.
 */
final class JointTask implements Task {
    private final List<Aim> aims;

    /** What a raster of each task looks like; known from its first one on. */
    private final Layer[] layers;

    private record Layer(int channels, float invalid) {}

    JointTask(List<Aim> aims) {
        this.aims = List.copyOf(aims);
        this.layers = new Layer[aims.size()];
    }

    @Override
    public int outputs() {
        return aims.stream().mapToInt(aim -> aim.task().outputs()).sum();
    }

    @Override
    public NDArray loss(NDArray output, Batch batch) {
        return IntStream.range(0, aims.size())
                .mapToObj(
                        i -> aims.get(i).task().loss(part(output, i, 1), batch).mul((float)
                                aims.get(i).weight()))
                .reduce(NDArray::add)
                .orElseThrow();
    }

    /** One pass serves all tasks whose protocols look at whole pictures. */
    @Override
    public NDArray infer(Predictor predictor, Batch batch) {
        try (Shared shared = new Shared(predictor, batch)) {
            return Scopes.keep(() -> {
                NDList outputs = new NDList();
                for (int i = 0; i < aims.size(); i++) {
                    int index = i;
                    outputs.add(aims.get(i).task().infer(asked -> part(shared.predict(asked), index, 1), batch));
                }
                return NDArrays.concat(outputs, 1);
            });
        }
    }

    /** Keeps the prediction for one batch, whatever scopes the tasks end. */
    private static final class Shared implements Predictor, AutoCloseable {
        private final Predictor predictor;
        private final Batch whole;
        private Optional<NDArray> output = Optional.empty();

        Shared(Predictor predictor, Batch whole) {
            this.predictor = predictor;
            this.whole = whole;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // parts of pictures are other batches
        public NDArray predict(Batch batch) {
            if (batch != whole) {
                return predictor.predict(batch);
            }
            if (output.isEmpty()) {
                output = Optional.of(Scopes.unscoped(predictor.predict(batch)));
            }
            return output.get();
        }

        @Override
        public void close() {
            output.ifPresent(NDArray::close);
        }
    }

    /**
     * The channels of one task.
     *
     * @param axis of the channels
     */
    private NDArray part(NDArray output, int index, int axis) {
        int from = 0;
        for (int i = 0; i < index; i++) {
            from += aims.get(i).task().outputs();
        }
        int to = from + aims.get(index).task().outputs();
        return output.get(axis == 0 ? "%d:%d".formatted(from, to) : ":, %d:%d".formatted(from, to));
    }

    @Override
    public Raster decode(NDArray output) {
        return join(i -> aims.get(i).task().decode(part(output, i, 0)));
    }

    @Override
    public Raster truth(Sample sample) {
        return join(i -> aims.get(i).task().truth(sample));
    }

    private Raster join(Function<Integer, Raster> each) {
        List<Raster> rasters =
                IntStream.range(0, aims.size()).mapToObj(each::apply).toList();
        Raster first = rasters.get(0);
        int plane = first.width() * first.height();
        int channels = 0;
        for (int i = 0; i < layers.length; i++) {
            Raster raster = rasters.get(i);
            layers[i] = new Layer(raster.channels(), raster.invalid());
            channels += raster.channels();
        }
        float[] values = new float[channels * plane];
        int filled = 0;
        for (Raster raster : rasters) {
            System.arraycopy(raster.values(), 0, values, filled, raster.values().length);
            filled += raster.values().length;
        }
        return new Raster(first.width(), first.height(), channels, values, Float.NaN);
    }

    private List<Raster> split(Raster joined) {
        List<Raster> rasters = new ArrayList<>();
        int plane = joined.width() * joined.height();
        int from = 0;
        for (Layer layer : layers) {
            float[] values = new float[layer.channels * plane];
            System.arraycopy(joined.values(), from, values, 0, values.length);
            rasters.add(new Raster(joined.width(), joined.height(), layer.channels, values, layer.invalid));
            from += values.length;
        }
        return rasters;
    }

    @Override
    public Metrics metrics() {
        List<Metrics> each = aims.stream().map(aim -> aim.task().metrics()).toList();
        return new Metrics() {
            @Override
            public void update(Raster prediction, Raster truth) {
                List<Raster> predictions = split(prediction);
                List<Raster> truths = split(truth);
                for (int i = 0; i < each.size(); i++) {
                    each.get(i).update(predictions.get(i), truths.get(i));
                }
            }

            @Override
            public MetricReport report() {
                return joined(each.stream().map(Metrics::report).toList());
            }
        };
    }

    private MetricReport joined(List<MetricReport> reports) {
        Map<String, Double> values = new LinkedHashMap<>();
        List<MetricTable> tables = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            Aim aim = aims.get(i);
            reports.get(i).values().forEach((name, value) -> values.put(named(aim, ".", name), value));
            reports.get(i)
                    .tables()
                    .forEach(table -> tables.add(
                            new MetricTable(named(aim, ": ", table.title()), table.columns(), table.rows())));
        }
        return new MetricReport(values, tables);
    }

    private static String named(Aim aim, String separator, String name) {
        return aim.name().isEmpty() ? name : aim.name() + separator + name;
    }

    @Override
    public Goal goal() {
        return aims.get(0).task().goal();
    }

    @Override
    public Optional<Baseline> baseline() {
        List<Baseline> each = aims.stream()
                .map(aim -> aim.task().baseline())
                .flatMap(Optional::stream)
                .toList();
        return each.size() < aims.size() ? Optional.empty() : Optional.of(joined(each, aims.size()));
    }

    private Baseline joined(List<Baseline> each, int count) {
        return new Baseline() {
            @Override
            public String name() {
                return each.stream().map(Baseline::name).collect(Collectors.joining(", "));
            }

            @Override
            public void observe(Raster truth) {
                List<Raster> truths = split(truth);
                IntStream.range(0, count).forEach(i -> each.get(i).observe(truths.get(i)));
            }

            @Override
            public Raster predict(int width, int height) {
                return join(i -> each.get(i).predict(width, height));
            }
        };
    }

    @Override
    public RgbImage draw(Raster raster) {
        return sideBySide(raster, (task, own) -> task.draw(own));
    }

    @Override
    public RgbImage overlay(RgbImage image, Raster prediction) {
        return sideBySide(prediction, (task, own) -> task.overlay(image, own));
    }

    private RgbImage sideBySide(Raster raster, BiFunction<Task, Raster, RgbImage> draw) {
        List<Raster> rasters = split(raster);
        List<RgbImage> pictures = IntStream.range(0, aims.size())
                .mapToObj(i -> draw.apply(aims.get(i).task(), rasters.get(i)))
                .toList();
        int height = pictures.stream().mapToInt(RgbImage::height).max().orElseThrow();
        int width = pictures.stream().mapToInt(RgbImage::width).sum();
        byte[] pixels = new byte[3 * width * height];
        int left = 0;
        for (RgbImage picture : pictures) {
            for (int y = 0; y < picture.height(); y++) {
                System.arraycopy(
                        picture.pixels(), 3 * y * picture.width(), pixels, 3 * (y * width + left), 3 * picture.width());
            }
            left += picture.width();
        }
        return new RgbImage(width, height, pixels);
    }

    /** The main task's prediction goes to the file, the others' to files whose names end in the task's name. */
    @Override
    public void write(Raster prediction, Path file) {
        List<Raster> rasters = split(prediction);
        for (int i = 0; i < aims.size(); i++) {
            String name = file.getFileName().toString();
            Aim aim = aims.get(i);
            aim.task()
                    .write(
                            rasters.get(i),
                            aim.name().isEmpty()
                                    ? file
                                    : file.resolveSibling(name.replaceFirst("(\\.[^.]*)?$", "-" + aim.name() + "$1")));
        }
    }

    @Override
    public List<LegendEntry> legend() {
        return aims.stream()
                .flatMap(aim -> aim.task().legend().stream()
                        .map(entry -> new LegendEntry(named(aim, ": ", entry.name()), entry.color())))
                .toList();
    }
}
