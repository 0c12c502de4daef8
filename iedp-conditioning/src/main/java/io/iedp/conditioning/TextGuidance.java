package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.nn.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Guidance by a text for each sample, through a frozen CLIP text encoder.
 *
 * @param words the text for a sample
 * @param adapter refines what the encoder makes of it
 */
record TextGuidance(
        Use use,
        double lossWeight,
        int tokens,
        Function<Sample, String> words,
        TextCache texts,
        Optional<TextAdapter> adapter,
        List<String> notes)
        implements GuidanceBranch {
    /** The text encoder's states, (B, T, width). */
    @Override
    public NDList encode(Batch batch) {
        return new NDList(texts.encode(batch.samples().stream()
                .map(sample -> words(sample).orElseThrow())
                .toList()));
    }

    @Override
    public Optional<String> words(Sample sample) {
        return Optional.ofNullable(sample.texts().get(Sample.PROMPT)).or(() -> Optional.of(words.apply(sample)));
    }

    @Override
    public NDArray embed(NDList encoded) {
        return adapter.map(each -> Scopes.keep(() -> each.apply(encoded.head())))
                .orElseGet(encoded::head);
    }
}
