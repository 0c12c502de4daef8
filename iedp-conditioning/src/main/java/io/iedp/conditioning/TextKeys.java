package io.iedp.conditioning;

import java.nio.file.Path;
import java.util.Optional;

/** What the configurations of all branches with a text encoder have; {@link GuidanceDocs} says what it means. */
interface TextKeys {
    Optional<Path> weights();

    Optional<Path> tokenizer();

    Optional<Integer> skipLayers();

    TextArchitecture architecture();
}
