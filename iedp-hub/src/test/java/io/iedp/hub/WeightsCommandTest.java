package io.iedp.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.command.CommandContext;
import io.iedp.api.nn.Kernels;
import io.iedp.hub.WeightsConfig.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsCommandTest {
    private static final String VAE = "vae/diffusion_pytorch_model.safetensors";

    @TempDir
    private Path cache;

    private final StandInHub hub = new StandInHub();
    private final Said said = new Said();
    private HubStore store;

    /** What was said, and the rows of tables with their columns separated by bars. */
    private static final class Said implements CommandContext {
        private final List<String> lines = new ArrayList<>();

        @Override
        public Kernels kernels() {
            throw new UnsupportedOperationException();
        }

        @Override
        public NDManager manager() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void say(String line) {
            lines.add(line);
        }

        @Override
        public void table(List<String> columns, List<List<String>> rows) {
            rows.forEach(row -> lines.add(String.join("|", row)));
        }

        @Override
        public void advanced(String what, int done, int of) {
            assertThat(done).isBetween(0, of);
        }

        @Override
        public <T> T host(Class<T> part) {
            throw new IllegalArgumentException(part.getName());
        }
    }

    @BeforeEach
    void start() {
        hub.with("vae/config.json", "{}").with(VAE, new byte[2 << 20]);
        HubSettings settings = new HubSettings(hub.endpoint(), cache, Optional.empty(), false);
        Aliases aliases = Aliases.parse(List.of("header", "small,org/model,vae,2.1 MB,,"));
        store = new HubStore(
                () -> settings, aliases, new Pauses(time -> {}), Files::createSymbolicLink, folder -> Long.MAX_VALUE);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private int run(Action action, String... names) {
        said.lines.clear();
        return new WeightsCommand(store, new WeightsConfig(action, List.of(names), Optional.empty()), said).run();
    }

    @Test
    void aWalkFromNothingToARepairedFile() throws IOException {
        assertThat(run(Action.LIST)).isZero();
        assertThat(said.lines)
                .contains("hf://small|org/model|vae|2.1 MB|see its page|no")
                .endsWith("nothing yet; 'iedp weights get NAME' downloads");
        assertThatThrownBy(() -> run(Action.PATH, "small"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("'iedp weights get small' downloads it");
        assertThatThrownBy(() -> run(Action.VERIFY, "small"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("'iedp weights get small' downloads it");

        Path place = cache.resolve("models--org--model/snapshots/" + StandInHub.COMMIT);
        assertThat(run(Action.GET, "hf://small")).isZero();
        assertThat(said.lines)
                .containsExactly("Downloading " + VAE + " of org/model (2.1 MB)", "hf://small is in " + place);
        run(Action.PATH, "small");
        assertThat(said.lines).containsExactly(place.toString());
        run(Action.LIST);
        assertThat(said.lines)
                .contains("hf://small|org/model|vae|2.1 MB|see its page|yes")
                .contains("hf://org/model|2.1 MB|" + StandInHub.COMMIT);
        assertThat(run(Action.VERIFY, "small")).isZero();
        assertThat(said.lines)
                .containsExactly("hf://small|vae/config.json|2 bytes|right", "hf://small|" + VAE + "|2.1 MB|right");

        Files.writeString(place.resolve(VAE), "damaged");
        assertThat(run(Action.VERIFY, "small")).isEqualTo(WeightsCommand.DIFFERENT);
        assertThat(said.lines)
                .contains("hf://small|" + VAE + "|7 bytes|DAMAGED")
                .anyMatch(line -> line.contains(place.resolve(VAE) + " is damaged"));
        Files.delete(place.resolve(VAE).toRealPath());
        assertThat(run(Action.VERIFY, "small")).isEqualTo(WeightsCommand.DIFFERENT);
        run(Action.GET, "small");
        assertThat(run(Action.VERIFY, "small")).isZero();
    }

    @Test
    void aCopiedFileIsComparedWithWhatTheHubSays() throws IOException {
        run(Action.GET, "small");
        Path file = cache.resolve("models--org--model/snapshots/" + StandInHub.COMMIT + "/vae/config.json");
        Files.delete(file);
        Files.write(file, "[]".getBytes(StandardCharsets.UTF_8));
        assertThat(run(Action.VERIFY, "small")).isEqualTo(WeightsCommand.DIFFERENT);
        Files.write(file, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(run(Action.VERIFY, "small")).isZero();
    }

    @Test
    void namesAreAskedForWhereTheyBelong() {
        assertThatThrownBy(() -> run(Action.GET)).hasMessageContaining("As in 'iedp weights get sd-1.5'");
        assertThatThrownBy(() -> run(Action.LIST, "small")).hasMessageContaining("takes no names");
        assertThatThrownBy(() -> new WeightsCommand(
                                store, new WeightsConfig(Action.GET, List.of("small"), Optional.of("vea")), said)
                        .run())
                .hasMessage(
                        "There is no part 'vea' of weights; there are unet, vae, text_encoder, image_encoder, tokenizer, scheduler");
    }
}
