package io.iedp.serve.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;

/** Counts and times, in Prometheus' formats. */
public final class Metrics {
    /** The part of a request that a time is of. */
    public enum Stage {
        /** Reading and decoding. */
        PREPARE("prepare"),
        /** Waiting for other pictures. */
        QUEUE("queue"),
        /** The pass through the model, of the whole batch. */
        INFERENCE("inference"),
        /** Drawing and encoding the answer. */
        ENCODE("encode"),
        /** All of it. */
        WHOLE("whole");

        private final String label;

        Stage(String label) {
            this.label = label;
        }
    }

    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Counter requests;
    private final Histogram seconds;
    private final Histogram batches;

    public Metrics() {
        requests = Counter.builder()
                .name("iedp_requests_total")
                .help("Requests, by the status of their answers.")
                .labelNames("model", "route", "status")
                .register(registry);
        seconds = Histogram.builder()
                .name("iedp_stage_seconds")
                .help("Seconds that the stages of requests took.")
                .labelNames("model", "stage")
                .classicOnly()
                .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
                .register(registry);
        batches = Histogram.builder()
                .name("iedp_batch_size")
                .help("Pictures that a model computed together.")
                .labelNames("model")
                .classicOnly()
                .classicUpperBounds(1, 2, 4, 8, 16, 32)
                .register(registry);
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
    }

    /** Shows a number that is looked up when it is asked for. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /**
     * @param model empty for requests of none that there is
     * @param route as it was registered; empty for requests of none
     */
    public void answered(String model, String route, int status) {
        requests.labelValues(model, route, Integer.toString(status)).inc();
    }

    public void took(String model, Stage stage, long nanos) {
        seconds.labelValues(model, stage.label).observe(nanos / NANOS);
    }

    public void computed(String model, int pictures) {
        batches.labelValues(model).observe(pictures);
    }

    /**
     * All of them.
     *
     * @param accept the header of the request; may be empty
     */
    public Page page(String accept) {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is memory
        }
        return new Page(writer.getContentType(), bytes.toByteArray());
    }

    /** What {@code /metrics} answers. */
    public record Page(String contentType, byte[] bytes) {}
}
