package example.torchscript;

import io.iedp.api.backbone.BackboneFactory;
import io.iedp.testkit.BackboneContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptBackboneTest extends BackboneContract<TorchScriptConfig> {
    @TempDir
    private static Path folder;

    private static Path file;

    @BeforeAll
    static void writeNetwork() throws IOException {
        file = TinyNetwork.write(folder.resolve("tiny.pt"));
    }

    @Override
    protected BackboneFactory<TorchScriptConfig> factory() {
        return new TorchScriptFactory();
    }

    @Override
    protected TorchScriptConfig configuration() {
        return new TorchScriptConfig(
                file, 16, List.of(new TorchScriptConfig.Level(8, 4), new TorchScriptConfig.Level(16, 8)));
    }

    @Override
    protected Set<Behaviour> unsupported() {
        return Set.of(Behaviour.ATTENTION_MAPS);
    }
}
