package io.iedp.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.guidance.GuidanceBranch;
import java.util.List;
import java.util.Optional;

/** A branch that does what another does, but for what a subclass changes. */
public abstract class ForwardingBranch implements GuidanceBranch {
    private final GuidanceBranch branch;

    public ForwardingBranch(GuidanceBranch branch) {
        this.branch = branch;
    }

    @Override
    public Use use() {
        return branch.use();
    }

    @Override
    public double lossWeight() {
        return branch.lossWeight();
    }

    @Override
    public int tokens() {
        return branch.tokens();
    }

    @Override
    public NDList encode(Batch batch) {
        return branch.encode(batch);
    }

    @Override
    public NDArray embed(NDList encoded) {
        return branch.embed(encoded);
    }

    @Override
    public Optional<String> words(Sample sample) {
        return branch.words(sample);
    }

    @Override
    public List<String> notes() {
        return branch.notes();
    }
}
