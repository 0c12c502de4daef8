package io.iedp.pretraining.objective;

import io.iedp.testkit.ObjectiveContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class DenoisingContractTest extends ObjectiveContract<DenoisingConfig> {
    @TempDir
    private static Path parts;

    @BeforeAll
    static void publish() throws IOException {
        SmallObjectives.write(parts);
    }

    @Override
    protected DenoisingFactory factory() {
        return new DenoisingFactory();
    }

    @Override
    protected DenoisingConfig configuration() {
        return SmallObjectives.denoising(parts);
    }
}
