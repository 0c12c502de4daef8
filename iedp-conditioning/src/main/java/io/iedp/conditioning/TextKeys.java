package io.iedp.conditioning;

import io.iedp.api.nn.WeightsPath;
import java.util.Optional;

/** What the configurations of all branches with a text encoder have; {@link GuidanceDocs} says what it means. */
interface TextKeys {
    Optional<WeightsPath> weights();

    Optional<WeightsPath> tokenizer();

    Optional<Integer> skipLayers();

    TextArchitecture architecture();
}
