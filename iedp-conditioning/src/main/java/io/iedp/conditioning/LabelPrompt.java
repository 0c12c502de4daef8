package io.iedp.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import io.iedp.nn.Scopes;

/**
 * Explicit guidance (IEDP, section 3.3): the ground truth of a picture in words, through a frozen CLIP text
 * encoder. It takes part in training only.
 */
final class LabelPrompt implements GuidanceBranch {
    private final Prompt prompt;
    private final ClipTokenizer tokenizer;
    private final ClipText text;
    private final double weight;

    LabelPrompt(Prompt prompt, ClipTokenizer tokenizer, ClipText text, double weight) {
        this.prompt = prompt;
        this.tokenizer = tokenizer;
        this.text = text;
        this.weight = weight;
    }

    @Override
    public Use use() {
        return Use.TRAINING;
    }

    @Override
    public double lossWeight() {
        return weight;
    }

    @Override
    public int tokens() {
        return text.length();
    }

    /** The text encoder's states, (B, T, width). */
    @Override
    public NDList encode(Batch batch) {
        return Scopes.keepAll(() -> {
            long[] ids = new long[batch.size() * text.length()];
            for (int i = 0; i < batch.size(); i++) {
                System.arraycopy(ids(batch.samples().get(i)), 0, ids, i * text.length(), text.length());
            }
            NDArray tokens = batch.pixels().getManager().create(ids, new Shape(batch.size(), text.length()));
            return new NDList(text.encode(tokens));
        });
    }

    private long[] ids(Sample sample) {
        String words =
                prompt.of(sample, candidate -> tokenizer.encode(candidate).size() <= text.length());
        return tokenizer.encode(words, text.length());
    }

    @Override
    public NDArray embed(NDList encoded) {
        return encoded.head();
    }
}
