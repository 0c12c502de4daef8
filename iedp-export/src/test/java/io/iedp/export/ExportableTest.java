package io.iedp.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDScope;
import io.iedp.api.UserException;
import io.iedp.engine.MicroExperiment;
import io.iedp.engine.model.Assembly;
import io.iedp.export.graph.Axis;
import io.iedp.export.graph.Graph;
import io.iedp.export.onnx.OnnxFile;
import io.iedp.export.onnx.OnnxModel;
import io.iedp.export.onnx.Pixels;
import io.iedp.export.onnx.Precision;
import io.iedp.export.record.Sizes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models of all heads and kinds of guidance: ONNX Runtime computes what libtorch does. */
class ExportableTest {
    /** No size that the graphs are recorded with. */
    private static final List<Map<Axis, Long>> OTHER = List.of(
            Map.of(Axis.BATCH, 1L, Axis.HEIGHT, 24L, Axis.WIDTH, 40L),
            Map.of(Axis.BATCH, 3L, Axis.HEIGHT, 40L, Axis.WIDTH, 56L));

    private static final double ALLOWED = 2e-5;

    /** A byte that is rounded the other way for CLIP changes a model this small by parts in ten thousand. */
    private static final double WITH_BYTES = 1e-3;

    private static final String TEXT = "architecture: {length: 8, width: 16, layers: 1, heads: 2}";

    @TempDir
    private Path folder;

    private List<Agreement> agreement(
            Exportable.Part part, Sizes sizes, List<Map<Axis, Long>> tried, Pixels pixels, String... settings) {
        try (NDScope scope = new NDScope();
                Exportable model = Exportable.of(
                        decorator -> Assembly.untrained(MicroExperiment.with(settings), decorator), part)) {
            scope.suppressNotUsedWarning();
            Graph graph = model.graph(sizes);
            Path file = folder.resolve("model.onnx");
            OnnxFile.write(graph, file, Precision.FP32, pixels, Map.of());
            try (OnnxModel exported = OnnxModel.open(file, 1)) {
                return Agreement.of(model, graph, tried, exported, pixels, ALLOWED);
            }
        }
    }

    private static void assertExact(List<Agreement> all, int outputs, double allowed) {
        assertThat(all)
                .hasSize(outputs)
                .allSatisfy(
                        each -> assertThat(each.relative()).as(each.toString()).isLessThan(allowed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=1",
                "precision=bf16",
                "backbone.architecture.plain-levels=0 head.attention={strides: [4]}",
                "head={$replace: {type: upernet, channels: 16, pool-scales: [1, 2, 3], auxiliary: {weight: 0}}}",
                "head={$replace: {type: linear}}",
                "backbone.architecture.plain-levels=0",
                "guidance={$replace: {only: none}}",
                "guidance={$replace: {only: {type: learned-prompts, prompts: 5}}}",
                "guidance={$replace: {only: {type: fixed-prompt, prompt: a room, length: 6, TEXT}}}",
                "guidance={$replace: {only: {type: class-embeddings, TEXT}}}",
                "guidance={$replace: {one: {type: learned-prompts, prompts: 5}, two: {type: learned-prompts, prompts: 5}}}",
                "more-tasks={range: {task: depth, head: {type: depth-decoder, channels: 16, filters: [16, 16], output-channels: 8}}}"
            })
    void everyModelAgrees(String setting) {
        int outputs = setting.startsWith("more-tasks") ? 2 : 1;
        assertExact(
                agreement(
                        Exportable.Part.MODEL,
                        Sizes.any(8),
                        OTHER,
                        Pixels.FLOAT,
                        setting.replace("TEXT", TEXT).split(" (?=head\\.)")),
                2 * outputs,
                setting.startsWith("guidance") ? ALLOWED : WITH_BYTES);
    }

    @Test
    void aSizeOfItsOwnNeedNotBeAMultiple() {
        List<Map<Axis, Long>> tried = List.of(Map.of(Axis.BATCH, 1L, Axis.HEIGHT, 21L, Axis.WIDTH, 37L));
        assertExact(agreement(Exportable.Part.MODEL, Sizes.of(21, 37), tried, Pixels.FLOAT), 1, WITH_BYTES);
    }

    @Test
    void picturesMayComeAsBytes() {
        assertExact(agreement(Exportable.Part.MODEL, Sizes.any(8), OTHER, Pixels.UINT8), 2, WITH_BYTES);
    }

    @Test
    void theBackboneAloneTakesLatentsAndGuidance() {
        assertExact(agreement(Exportable.Part.BACKBONE, Sizes.any(2), OTHER, Pixels.FLOAT), 4, ALLOWED);
    }

    @Test
    void guidanceThatNeedsAWordOfEachPictureIsRefused() {
        assertThatThrownBy(() -> agreement(
                        Exportable.Part.MODEL,
                        Sizes.any(8),
                        OTHER,
                        Pixels.FLOAT,
                        "guidance={$replace: {only: {type: caption, " + TEXT + "}}}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("caption");
        assertThatThrownBy(() -> agreement(
                        Exportable.Part.MODEL,
                        Sizes.any(8),
                        OTHER,
                        Pixels.FLOAT,
                        "guidance={$replace: {only: {type: label-prompt, use: oracle, " + TEXT + "}}}"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("oracle");
    }
}
