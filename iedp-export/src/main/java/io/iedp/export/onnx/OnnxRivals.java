package io.iedp.export.onnx;

import ai.djl.ndarray.NDArray;
import io.iedp.engine.bench.Rival;
import io.iedp.engine.bench.RivalEngine;
import io.iedp.export.Exportable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Graphs of {@code iedp export part=backbone} in ONNX Runtime, to be timed. */
public final class OnnxRivals implements RivalEngine {
    @Override
    public String ending() {
        return ".onnx";
    }

    @Override
    public Rival open(Path file, NDArray latents, NDArray context, int threads) {
        Map<String, OnnxModel.Tensor> inputs = new LinkedHashMap<>();
        inputs.put(Exportable.LATENTS, OnnxModel.Tensor.of(latents));
        inputs.put(Exportable.CONTEXT, OnnxModel.Tensor.of(context));
        return OnnxModel.open(file, threads).timed(inputs);
    }
}
