package io.iedp.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.api.task.Baseline;
import io.iedp.api.task.Goal;
import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricReport;
import io.iedp.api.task.Metrics;
import io.iedp.api.task.SimpleTask;
import io.iedp.api.task.Task;
import io.iedp.api.task.TaskContext;
import io.iedp.api.task.TaskFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task whose loss needs a target that the task itself adds keeps the contract. */
class PreparedTaskTest extends TaskContract<PreparedTaskTest.Config> {
    private static final String NEARNESS = "nearness";
    private static final String ERROR = "error";

    record Config() {}

    private record Factory() implements TaskFactory<Config> {
        @Override
        public String type() {
            return "nearness";
        }

        @Override
        public Class<Config> configuration() {
            return Config.class;
        }

        @Override
        public String description() {
            return "One over the distance.";
        }

        @Override
        public Task create(Config configuration, TaskContext context) {
            return new Nearness(context.kernels());
        }
    }

    private record Nearness(Kernels kernels) implements SimpleTask {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Sample prepare(Sample sample) {
            Map<String, Raster> targets = new HashMap<>(sample.targets());
            targets.put(NEARNESS, truth(sample));
            return new Sample(sample.name(), sample.image(), targets, sample.texts());
        }

        @Override
        public NDArray loss(NDArray output, Batch batch) {
            NDArray truth = batch.target(NEARNESS); // (B, H, W)
            Shape shape = truth.getShape();
            NDArray sized = kernels.resizeBilinear(output, (int) shape.get(1), (int) shape.get(2))
                    .squeeze(1);
            NDArray counts = truth.gt(0).toType(DataType.FLOAT32, false);
            return sized.sub(truth).abs().mul(counts).sum().div(counts.sum().maximum(1));
        }

        @Override
        public Raster decode(NDArray output) {
            Shape shape = output.getShape(); // (1, H, W)
            return Raster.depth(
                    (int) shape.get(2),
                    (int) shape.get(1),
                    output.maximum(0.001f).toType(DataType.FLOAT32, false).toFloatArray());
        }

        @Override
        public Raster truth(Sample sample) {
            if (!sample.targets().containsKey(Sample.DEPTH)) {
                throw new UserException("%s has no depth.".formatted(sample.name()));
            }
            Raster depth = sample.target(Sample.DEPTH);
            float[] values = depth.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] > 0 ? 1 / values[i] : 0;
            }
            return Raster.depth(depth.width(), depth.height(), values);
        }

        @Override
        public Metrics metrics() {
            return new Metrics() {
                private double sum;
                private long count;

                @Override
                public void update(Raster prediction, Raster truth) {
                    for (int i = 0; i < truth.values().length; i++) {
                        sum += Math.abs(prediction.values()[i] - truth.values()[i]);
                        count++;
                    }
                }

                @Override
                public MetricReport report() {
                    return new MetricReport(Map.of(ERROR, count == 0 ? Double.NaN : sum / count), List.of());
                }
            };
        }

        @Override
        public Goal goal() {
            return new Goal(ERROR, false);
        }

        @Override
        public Optional<Baseline> baseline() {
            return Optional.empty();
        }

        @Override
        public RgbImage draw(Raster raster) {
            return new RgbImage(raster.width(), raster.height(), new byte[3 * raster.values().length]);
        }

        @Override
        public RgbImage overlay(RgbImage image, Raster prediction) {
            return image;
        }

        @Override
        public void write(Raster prediction, Path file) {
            try {
                Files.writeString(file, "nothing but a file");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<LegendEntry> legend() {
            return List.of(new LegendEntry("near", 0));
        }
    }

    @Override
    protected TaskFactory<Config> factory() {
        return new Factory();
    }

    @Override
    protected Config configuration() {
        return new Config();
    }
}
