package io.iedp.pretraining.objective;

import io.iedp.api.data.Sample;
import io.iedp.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class ContrastiveContractTest extends ObjectiveContract<ContrastiveConfig> {
    private static final List<String> CAPTIONS = List.of("a box", "a lamp and a bed", "a chair in a room");

    @Override
    protected ContrastiveFactory factory() {
        return new ContrastiveFactory();
    }

    @Override
    protected ContrastiveConfig configuration() {
        return SmallObjectives.contrastive(ContrastiveLoss.SIGMOID);
    }

    @Override
    protected List<Sample> samples(int count) {
        return super.samples(count).stream()
                .map(sample -> new Sample(
                        sample.name(),
                        sample.image(),
                        sample.targets(),
                        Map.of(
                                Sample.CAPTION,
                                CAPTIONS.get(Integer.parseInt(sample.name().substring("scene-".length()))))))
                .toList();
    }
}
