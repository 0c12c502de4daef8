package io.iedp.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.iedp.api.UserException;
import io.iedp.io.file.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubStoreTest {
    private static final String REPOSITORY = "org/model";
    private static final String FOLDER = "models--org--model";
    private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
    private static final String VAE = "vae/diffusion_pytorch_model.safetensors";
    private static final Set<String> PARTS = Set.of("unet", "vae");
    private static final String TOKEN = "hf_token-of-the-user";

    @TempDir
    private Path cache;

    private final StandInHub hub = new StandInHub();
    private final List<Duration> pauses = new ArrayList<>();

    @AfterEach
    void stop() {
        hub.close();
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private StandInHub diffusers() {
        return hub.with("unet/config.json", "{\"of\": \"unet\"}")
                .with(UNET, bytes(300_000, 1))
                .with("vae/config.json", "{\"of\": \"vae\"}")
                .with(VAE, bytes(40_000, 2))
                .with("safety_checker/model.safetensors", bytes(10, 3))
                .with("README.md", "not needed");
    }

    private HubSettings settings(URI endpoint, Optional<String> token, boolean offline) {
        return new HubSettings(endpoint, cache, token, offline);
    }

    private HubStore store(HubSettings settings, HubCache.Links links, long free) {
        Aliases aliases = Aliases.parse(List.of("header", "small,org/model,unet vae,0.3 MB,MIT,"));
        return new HubStore(() -> settings, aliases, new Pauses(pauses::add), links, folder -> free);
    }

    private HubStore store() {
        return store(settings(hub.endpoint(), Optional.empty(), false), Files::createSymbolicLink, Long.MAX_VALUE);
    }

    private HubStore offline() {
        return store(settings(hub.endpoint(), Optional.empty(), true), Files::createSymbolicLink, Long.MAX_VALUE);
    }

    private Path folder() {
        return cache.resolve(FOLDER);
    }

    /** The files of the cache with what they hold; links with where they lead. */
    private Map<String, String> layout() throws IOException {
        Map<String, String> layout = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder())) {
            for (Path each : walk.filter(path -> Files.isSymbolicLink(path) || Files.isRegularFile(path))
                    .toList()) {
                layout.put(
                        folder().relativize(each).toString(),
                        Files.isSymbolicLink(each)
                                ? "-> " + Files.readSymbolicLink(each)
                                : StandInHub.sha256(Files.readAllBytes(each)));
            }
        }
        return layout;
    }

    /** What the Python client leaves of the same repository, as its documentation draws it. */
    private void writeAsPythonDoes(String... paths) throws IOException {
        Path snapshot = Files.createDirectories(folder().resolve("snapshots/" + StandInHub.COMMIT));
        Files.createDirectories(folder().resolve("blobs"));
        Files.createDirectories(folder().resolve("refs"));
        Files.writeString(folder().resolve("refs/main"), StandInHub.COMMIT);
        for (String path : paths) {
            byte[] content = hub.files.get(path);
            String hash = StandInHub.isLarge(path) ? StandInHub.sha256(content) : StandInHub.gitHash(content);
            Files.write(folder().resolve("blobs/" + hash), content);
            Path link = snapshot.resolve(path);
            Files.createDirectories(link.getParent());
            String up = "../".repeat(path.split("/").length + 1);
            Files.createSymbolicLink(link, Path.of(up + "blobs/" + hash));
        }
    }

    @Test
    void onlyWhatIsReadIsDownloadedAndNothingTwice() throws IOException {
        diffusers();
        Path place = store().locate(REPOSITORY, PARTS);

        assertThat(place).isEqualTo(folder().resolve("snapshots/" + StandInHub.COMMIT));
        assertThat(place.resolve(UNET)).hasBinaryContent(hub.files.get(UNET));
        assertThat(place.resolve("vae/config.json")).hasContent("{\"of\": \"vae\"}");
        assertThat(place.resolve("README.md")).doesNotExist();
        assertThat(place.resolve("safety_checker")).doesNotExist();
        assertThat(hub.requests).allMatch(each -> each.encoding().equals("identity"));
        assertThat(cache.resolve("CACHEDIR.TAG")).content().startsWith("Signature: 8a477f597d28d172789f06886806bc55\n");
        int requests = hub.requests.size();
        assertThat(store().locate(REPOSITORY, PARTS)).isEqualTo(place);
        assertThat(store().locate(REPOSITORY + "@" + StandInHub.COMMIT, PARTS)).isEqualTo(place);
        assertThat(store().locate("small")).isEqualTo(place);
        assertThat(offline().locate("small", Set.of("vae"))).isEqualTo(place);
        assertThat(hub.requests).hasSize(requests);
        assertThat(store().pinned("small")).isEqualTo(REPOSITORY + "@" + StandInHub.COMMIT);
        assertThat(store().pinned(REPOSITORY + "/" + VAE)).isEqualTo(REPOSITORY + "@" + StandInHub.COMMIT + "/" + VAE);
    }

    @Test
    void theLayoutIsThatOfThePythonClient() throws IOException {
        diffusers();
        writeAsPythonDoes("unet/config.json", UNET, "vae/config.json", VAE);
        Map<String, String> python = layout();
        assertThat(offline().locate(REPOSITORY, PARTS)).isEqualTo(folder().resolve("snapshots/" + StandInHub.COMMIT));
        assertThat(hub.requests).isEmpty();

        Folders.delete(folder());
        store().locate(REPOSITORY, PARTS);
        assertThat(layout()).isEqualTo(python);
    }

    @Test
    void whatPythonHasOfItIsNotDownloadedAgain() throws IOException {
        diffusers();
        writeAsPythonDoes("unet/config.json", UNET);
        store().locate(REPOSITORY, PARTS);
        assertThat(hub.count("GET", "unet/")).isZero();
        assertThat(hub.count("GET", VAE)).isOne();
    }

    @Test
    void withoutLinksTheFileIsInTheSnapshot() throws IOException {
        diffusers();
        HubStore store = store(
                settings(hub.endpoint(), Optional.empty(), false),
                (link, target) -> {
                    throw new FileSystemException(
                            link.toString(), null, "A required privilege is not held by the client");
                },
                Long.MAX_VALUE);
        Path place = store.locate(REPOSITORY, PARTS);
        assertThat(place.resolve(UNET)).isRegularFile().hasBinaryContent(hub.files.get(UNET));
        assertThat(Files.isSymbolicLink(place.resolve(UNET))).isFalse();
        assertThat(folder().resolve("blobs")).isEmptyDirectory();
        int requests = hub.requests.size();
        assertThat(store.locate(REPOSITORY, PARTS)).isEqualTo(place);
        assertThat(hub.requests).hasSize(requests);
    }

    @Test
    void fiftyCutsAtRandomBytesLeaveTheRightFile() {
        diffusers();
        Random random = new Random(50);
        AtomicInteger cuts = new AtomicInteger();
        hub.troubles.add(exchange -> {
            if (!isGet(exchange, UNET) || cuts.get() == 50) {
                return false;
            }
            cuts.incrementAndGet();
            StandInHub.send(exchange, hub.files.get(UNET), random.nextInt(10_000));
            return true;
        });
        Path place = store().locate(REPOSITORY, PARTS);
        assertThat(place.resolve(UNET)).hasBinaryContent(hub.files.get(UNET));
        assertThat(cuts).hasValue(50);
        assertThat(hub.requests.stream().filter(each -> !each.range().isEmpty()))
                .hasSizeGreaterThan(45);
    }

    @Test
    void anotherStartGoesOnWhereTheLastOneStopped() throws IOException {
        diffusers();
        AtomicInteger starts = new AtomicInteger();
        StandInHub.Trouble cut = exchange -> {
            if (!isGet(exchange, UNET)) {
                return false;
            }
            StandInHub.send(exchange, hub.files.get(UNET), starts.getAndIncrement() == 0 ? 123_456 : 0);
            return true;
        };
        hub.troubles.add(cut);
        assertThatThrownBy(() -> store().locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(UNET)
                .hasMessageContaining("the next start goes on with it");
        hub.troubles.clear();
        hub.requests.clear();
        Path place = store().locate(REPOSITORY, PARTS);
        assertThat(place.resolve(UNET)).hasBinaryContent(hub.files.get(UNET));
        assertThat(hub.requests).anyMatch(each -> each.range().equals("bytes=123456-"));
        try (Stream<Path> blobs = Files.list(folder().resolve("blobs"))) {
            assertThat(blobs).hasSize(4);
        }
    }

    @Test
    void aServerThatKnowsNoRangesBeginsAgain() {
        diffusers();
        AtomicInteger gets = new AtomicInteger();
        hub.troubles.add(exchange -> {
            if (!isGet(exchange, UNET)) {
                return false;
            }
            StandInHub.sendFrom(
                    exchange, 0, hub.files.get(UNET), gets.getAndIncrement() == 0 ? 1000 : Integer.MAX_VALUE);
            return true;
        });
        assertThat(store().locate(REPOSITORY, PARTS).resolve(UNET)).hasBinaryContent(hub.files.get(UNET));
        assertThat(gets).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNET, "unet/config.json"})
    void wrongBytesAreNotKept(String path) {
        diffusers();
        hub.troubles.add(exchange -> {
            if (!isGet(exchange, path)) {
                return false;
            }
            byte[] wrong = hub.files.get(path).clone();
            wrong[wrong.length / 2]++;
            StandInHub.send(exchange, wrong, Integer.MAX_VALUE);
            return true;
        });
        assertThatThrownBy(() -> store().locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(path + " of hf://org/model")
                .hasMessageContaining("came damaged: its hash should be ");
        assertThat(folder().resolve("snapshots/" + StandInHub.COMMIT + "/" + path))
                .doesNotExist();
        hub.troubles.clear();
        assertThat(store().locate(REPOSITORY, PARTS).resolve(path)).hasBinaryContent(hub.files.get(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | RepoNotFound     | There is no http | or it is private",
                "401 | RepoNotFound     | There is no http | set HF_TOKEN to a token that may read it",
                "401 | GatedRepo        | is behind a licence that you must accept first: open http | and set HF_TOKEN",
                "403 | GatedRepo        | is behind a licence that you must accept first: open http | and set HF_TOKEN",
                "404 | RevisionNotFound | has no revision 'main' | shows those that there are",
                "418 | ''               | answers 418 | Try again later",
                "503 | ''               | answers 503 | Try again later",
            })
    void whatTheHubRefusesIsExplained(int status, String code, String one, String other) {
        hub.troubles.add(exchange -> {
            if (!code.isEmpty()) {
                exchange.getResponseHeaders().set("X-Error-Code", code);
            }
            exchange.sendResponseHeaders(status, -1);
            return true;
        });
        assertThatThrownBy(() -> store().locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }

    @Test
    void anOldAddressIsAskedForAgain() {
        diffusers();
        AtomicInteger refused = new AtomicInteger();
        hub.troubles.add(exchange -> {
            if (!isGet(exchange, UNET) || refused.getAndIncrement() > 1) {
                return false;
            }
            exchange.sendResponseHeaders(403, -1);
            return true;
        });
        assertThat(store().locate(REPOSITORY, PARTS).resolve(UNET)).hasBinaryContent(hub.files.get(UNET));
        assertThat(hub.count("HEAD", UNET)).isEqualTo(3);
    }

    @Test
    void itWaitsAsLongAsItIsAskedTo() {
        diffusers();
        AtomicInteger busy = new AtomicInteger();
        hub.troubles.add(exchange -> {
            if (busy.getAndIncrement() > 0) {
                return false;
            }
            exchange.getResponseHeaders().set("Retry-After", "17");
            exchange.sendResponseHeaders(429, -1);
            return true;
        });
        store().locate(REPOSITORY, PARTS);
        assertThat(pauses).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void theTokenIsForTheHubAlone() {
        diffusers();
        hub.troubles.add(
                exchange -> { // even where bytes come from the hub itself, and lead away from it
                    if (!isGet(exchange, "/resolve/") || !isGet(exchange, "vae/config.json")) {
                        return false;
                    }
                    exchange.getResponseHeaders().set("Location", hub.store() + "/store/vae/config.json");
                    exchange.sendResponseHeaders(302, -1);
                    return true;
                });
        HubSettings settings = settings(hub.endpoint(), Optional.of(TOKEN), false);
        store(settings, Files::createSymbolicLink, Long.MAX_VALUE).locate(REPOSITORY, PARTS);

        String store = hub.store().getAuthority();
        assertThat(hub.requests)
                .filteredOn(each -> each.host().equals(store))
                .hasSize(3)
                .allMatch(each -> each.authorization().isEmpty());
        assertThat(hub.requests)
                .filteredOn(each -> !each.host().equals(store))
                .isNotEmpty()
                .allMatch(each -> each.authorization().equals("Bearer " + TOKEN));
        assertThat(settings.toString()).doesNotContain(TOKEN);
    }

    @Test
    void aRepositoryThatHasAnotherNameNowIsFound() {
        diffusers();
        hub.troubles.add(exchange -> {
            if (!exchange.getRequestURI().getPath().startsWith("/old/name/")) {
                return false;
            }
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getPath().replace("/old/name/", "/org/model/"));
            exchange.sendResponseHeaders(307, -1);
            return true;
        });
        assertThat(store().locate("old/name", Set.of("vae")).resolve(VAE)).hasBinaryContent(hub.files.get(VAE));
        assertThat(cache.resolve("models--old--name")).isDirectory();
    }

    @Test
    void sixStartersDownloadOnce() throws Exception {
        diffusers();
        List<Callable<Path>> starters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            starters.add(() -> store().locate(REPOSITORY, PARTS));
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (Future<Path> each : threads.invokeAll(starters)) {
                assertThat(each.get().resolve(UNET)).hasBinaryContent(hub.files.get(UNET));
                assertThat(each.get().resolve(VAE)).hasBinaryContent(hub.files.get(VAE));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(hub.count("GET", UNET)).isOne();
        try (Stream<Path> blobs = Files.list(folder().resolve("blobs"))) {
            assertThat(blobs).hasSize(4);
        }
    }

    @Test
    void aBodyWithoutEndIsStopped() {
        diffusers();
        hub.troubles.add(exchange -> {
            if (!isGet(exchange, UNET)) {
                return false;
            }
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] more = new byte[1 << 16];
            try {
                while (true) {
                    body.write(more);
                }
            } catch (IOException e) {
                return true; // the client has gone
            }
        });
        assertThatThrownBy(() -> store().locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("sends more of " + UNET)
                .hasMessageContaining("than the 300000 bytes that it has");
    }

    @Test
    void aFullDiskIsSaidBefore() {
        diffusers();
        HubStore full = store(settings(hub.endpoint(), Optional.empty(), false), Files::createSymbolicLink, 1_000_000);
        assertThatThrownBy(() -> full.locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "There is no room for .* of hf://org/model.*: it needs 67\\.\\d MB more, but .* has only 1\\.0 MB free\\. Make room, or set HF_HUB_CACHE .*");
        assertThat(hub.count("GET", "")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../evil.safetensors", "/etc/evil", "a/../../b", "..\\\\evil", "C:evil", ""})
    void aShardStaysInItsFolder(String shard) throws IOException {
        hub.with("unet/config.json", "{}")
                .with(
                        "unet/diffusion_pytorch_model.safetensors.index.json",
                        "{\"metadata\": {}, \"weight_map\": {\"a\": \"%s\"}}".formatted(shard));
        assertThatThrownBy(() -> store().locate(REPOSITORY, Set.of("unet")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("unet/diffusion_pytorch_model.safetensors.index.json names a file")
                .hasMessageContaining("which is refused");
        assertThat(hub.requests).noneMatch(each -> each.path().contains("evil"));
    }

    @ParameterizedTest
    @CsvSource({"../../evil, X-Repo-Commit", "../../evil, ETag", "-1, Content-Length"})
    void whatAHubSaysIsNoPath(String evil, String header) {
        hub.troubles.add(exchange -> {
            exchange.getResponseHeaders().set("X-Repo-Commit", StandInHub.COMMIT);
            exchange.getResponseHeaders().set("ETag", StandInHub.gitHash(new byte[0]));
            exchange.getResponseHeaders().set("X-Linked-Size", "5");
            exchange.getResponseHeaders().set(header.replace("Content-Length", "X-Linked-Size"), evil);
            exchange.sendResponseHeaders(200, -1);
            return true;
        });
        assertThatThrownBy(() -> store().locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("does not answer as a hub")
                .hasMessageContaining(evil);
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void shardsAreAllThere() {
        String index = "unet/diffusion_pytorch_model.safetensors.index.json";
        hub.with("unet/config.json", "{}")
                .with(
                        index,
                        "{\"weight_map\": {\"a\": \"one.safetensors\", \"b\": \"two.safetensors\", \"c\": \"one.safetensors\"}}")
                .with("unet/one.safetensors", bytes(10, 1));
        assertThatThrownBy(() -> store().locate(REPOSITORY, Set.of("unet")))
                .hasMessageContaining("unet/two.safetensors");
        hub.with("unet/two.safetensors", bytes(20, 2));
        Path place = store().locate(REPOSITORY, Set.of("unet"));
        assertThat(place.resolve("unet/one.safetensors")).hasSize(10);
        assertThat(place.resolve("unet/two.safetensors")).hasSize(20);
        assertThat(offline().missing(REPOSITORY, Set.of("unet"))).isEmpty();
    }

    @Test
    void clipIsInTheRootAndItsTokenizerToo() {
        hub.with("config.json", "{}")
                .with("model.safetensors", bytes(30, 1))
                .with("vocab.json", "{}")
                .with("merges.txt", "#version")
                .with("tokenizer_config.json", "{}")
                .with("pytorch_model.bin", "not needed");
        Path place = store().locate(REPOSITORY, Set.of("text_encoder", "tokenizer"));
        assertThat(place)
                .isDirectoryContaining("glob:**/model.safetensors")
                .isDirectoryContaining("glob:**/merges.txt")
                .isDirectoryContaining("glob:**/tokenizer_config.json")
                .isDirectoryNotContaining("glob:**/*.bin");
        assertThat(store().locate(REPOSITORY, Set.of("image_encoder"))).isEqualTo(place);
    }

    @Test
    void oneFileIsOneFile() {
        hub.with("v1-5-pruned.safetensors", bytes(30, 1));
        Path file = store().locate(REPOSITORY + "/v1-5-pruned.safetensors", PARTS);
        assertThat(file).isRegularFile().hasSize(30);
        assertThat(offline().locate(REPOSITORY + "/v1-5-pruned.safetensors", PARTS))
                .isEqualTo(file);
    }

    @Test
    void aBranchStaysWhatItWasUntilItIsAskedFor() {
        diffusers();
        Path before = store().locate(REPOSITORY, PARTS);
        hub.commit = "f".repeat(40);
        hub.with("unet/config.json", "{\"of\": \"a newer unet\"}");
        assertThat(store().locate(REPOSITORY, PARTS)).isEqualTo(before);
        Path after = store().refresh(REPOSITORY, PARTS);
        assertThat(after).isEqualTo(folder().resolve("snapshots/" + hub.commit));
        assertThat(after.resolve("unet/config.json")).hasContent("{\"of\": \"a newer unet\"}");
        assertThat(hub.count("GET", UNET)).isOne();
        assertThat(store().pinned(REPOSITORY)).isEqualTo(REPOSITORY + "@" + hub.commit);
        assertThat(before.resolve("unet/config.json")).hasContent("{\"of\": \"unet\"}");
    }

    @Test
    void offlineSaysWhatIsMissingAndWhereToPutIt() {
        assertThatThrownBy(() -> offline().locate("small", PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("hf://small is not in " + cache + " (about 0.3 MB)")
                .hasMessageContaining("HF_HUB_OFFLINE")
                .hasMessageContaining("Run 'iedp weights get small' on a machine")
                .hasMessageContaining("copy its folder models--org--model to " + folder());
        assertThat(store().missing("small", PARTS))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("hf://small is not in " + cache + " yet (about 0.3 MB)")
                        .contains("'iedp weights get small'"));
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void aHubThatIsNotThereIsNamed() {
        URI nobody = hub.endpoint();
        hub.close();
        HubStore store = store(settings(nobody, Optional.empty(), false), Files::createSymbolicLink, Long.MAX_VALUE);
        assertThatThrownBy(() -> store.locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("127.0.0.1 cannot be reached")
                .hasMessageContaining("HF_HUB_OFFLINE=1");
    }

    @Test
    void aRepositoryOfAnotherKindIsRefused() {
        hub.with("config.json", "{}");
        assertThatThrownBy(() -> store().locate(REPOSITORY, Set.of("unet")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("hf://org/model has no unet/config.json")
                .hasMessageContaining("hf://org/model/FILE names one file of it");
    }

    @Test
    void secretsOfAnAddressArePartOfNoMessage() {
        hub.troubles.add(exchange -> {
            exchange.getResponseHeaders().set("Location", "ftp://elsewhere/x?token=" + TOKEN);
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        assertThatThrownBy(() -> store().locate(REPOSITORY, PARTS))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("ftp://elsewhere/x")
                .hasMessageNotContaining(TOKEN);
    }

    private static boolean isGet(HttpExchange exchange, String path) {
        return exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().contains(path);
    }

    @Test
    void hashesAreThoseOfGitAndSha256() throws IOException {
        // "test content\n" is the example of "Git Objects" in the book Pro Git; "abc" is that of FIPS 180-4.
        Path file = cache.resolve("file");
        Files.write(file, "test content\n".getBytes(StandardCharsets.UTF_8));
        assertThat(ContentHash.of(file, "0".repeat(40))).isEqualTo("d670460b4b4aece5915caf5c68d12f560a9fe3e4");
        Files.write(file, "abc".getBytes(StandardCharsets.UTF_8));
        assertThat(ContentHash.of(file, "0".repeat(64)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
