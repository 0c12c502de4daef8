package io.iedp.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.api.UserException;
import io.iedp.engine.IedpModel;
import io.iedp.engine.MicroRun;
import io.iedp.engine.Prediction;
import io.iedp.io.image.ImageFiles;
import io.iedp.serve.limits.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each protocol is answered, held against the model's own predictions. */
class ServerTest {
    private static final byte[] FILE = Served.file(1);

    @TempDir
    private static Path folder;

    private static Served served;
    private static Prediction expected;

    @BeforeAll
    static void start() throws IOException {
        served = Served.with(folder, Limits.STANDARD);
        expected = served.model.predict(Served.picture(1, 32, 24));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static JsonObject json(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(Served.text(response)).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return JsonParser.parseString(Served.text(response)).getAsJsonObject();
    }

    private static float[] numbers(JsonArray array) {
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).getAsFloat();
        }
        return numbers;
    }

    private static byte[] labels(Prediction prediction) {
        float[] values = prediction.main().values();
        byte[] labels = new byte[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (int) values[i];
        }
        return labels;
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withLength(byte[] element) {
        return joined(
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(element.length)
                        .array(),
                element);
    }

    @Test
    void saysWhatItIs() throws Exception {
        assertThat(json(served.get("/v2")).get("models").toString()).isEqualTo("[\"micro\"]");
        assertThat(json(served.get("/v2/health/live")).get("live").getAsBoolean())
                .isTrue();
        assertThat(json(served.get("/v2/health/ready")).get("ready").getAsBoolean())
                .isTrue();
        assertThat(json(served.get("/v2/models/micro/ready")).get("ready").getAsBoolean())
                .isTrue();
        assertThat(served.get("/ping").statusCode()).isEqualTo(200);

        JsonArray outputs = json(served.get("/v2/models/micro")).getAsJsonArray("outputs");

        assertThat(outputs.asList())
                .extracting(each -> each.getAsJsonObject().get("name").getAsString())
                .containsExactly("main", "main.overlay", "main.picture", "range", "range.overlay", "range.picture");
        JsonObject range = outputs.get(3).getAsJsonObject();
        assertThat(range.get("datatype").getAsString()).isEqualTo("FP32");
        assertThat(range.getAsJsonObject("parameters").get("unit").getAsString())
                .isEqualTo("m");
    }

    @Test
    void openInferenceInJson() throws Exception {
        String body =
                "{\"id\": \"seven\", \"inputs\": [{\"data\": [\"%s\"], \"name\": \"image\", \"shape\": [1], \"datatype\": \"BYTES\"}]}"
                        .formatted(Base64.getEncoder().encodeToString(FILE));

        JsonObject answer = json(served.send(served.post("/v2/models/micro/infer", utf8(body))));

        assertThat(answer.get("model_name").getAsString()).isEqualTo("micro");
        assertThat(answer.get("id").getAsString()).isEqualTo("seven");
        JsonObject main = answer.getAsJsonArray("outputs").get(0).getAsJsonObject();
        assertThat(main.get("shape").toString()).isEqualTo("[1,24,32]");
        assertThat(numbers(main.getAsJsonArray("data")))
                .isEqualTo(expected.main().values());
        JsonObject range = answer.getAsJsonArray("outputs").get(1).getAsJsonObject();
        assertThat(numbers(range.getAsJsonArray("data")))
                .isEqualTo(expected.task("range").values());
    }

    /** Numbers may be nested as the shape is, or not. */
    @Test
    void openInferenceOfPixelsInJson() throws Exception {
        Prediction two = served.model.predict(Served.picture(0, 2, 1));
        String body =
                "{\"inputs\": [{\"name\": \"image\", \"shape\": [1, 1, 2, 3], \"datatype\": \"UINT8\", \"data\": [[[[0, 0, 0], [7, 0, 1]]]]}], \"outputs\": [{\"name\": \"range\"}]}";

        JsonArray outputs = json(served.send(served.post("/v2/models/micro/infer", utf8(body))))
                .getAsJsonArray("outputs");

        assertThat(outputs).hasSize(1);
        assertThat(numbers(outputs.get(0).getAsJsonObject().getAsJsonArray("data")))
                .isEqualTo(two.task("range").values());
    }

    @Test
    void openInferenceInBinary() throws Exception {
        byte[] header = utf8(
                "{\"inputs\": [{\"name\": \"image\", \"shape\": [2], \"datatype\": \"BYTES\", \"parameters\": {\"binary_data_size\": %s}}], \"parameters\": {\"binary_data_output\": true}, \"outputs\": [{\"name\": \"range\"}, {\"name\": \"main\"}, {\"name\": \"main.picture\", \"parameters\": {\"binary_data\": false}}]}"
                        .formatted(2 * (4 + FILE.length)));
        byte[] body = joined(header, withLength(FILE), withLength(FILE));

        HttpResponse<byte[]> response = served.send(served.post(
                "/v2/models/micro/infer", body, "Inference-Header-Content-Length", Integer.toString(header.length)));

        assertThat(response.statusCode()).as(Served.text(response)).isEqualTo(200);
        int length = (int) response.headers()
                .firstValueAsLong("Inference-Header-Content-Length")
                .orElseThrow();
        byte[] all = response.body();
        JsonArray outputs = JsonParser.parseString(new String(all, 0, length, StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("outputs");
        byte[] range = floats(expected.task("range").values());
        byte[] main = labels(expected);
        assertThat(outputs.get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("parameters")
                        .toString())
                .isEqualTo("{\"binary_data_size\":%s}".formatted(2 * range.length));
        assertThat(Arrays.copyOfRange(all, length, all.length)).isEqualTo(joined(range, range, main, main));
        byte[] png = Base64.getDecoder()
                .decode(outputs.get(2)
                        .getAsJsonObject()
                        .getAsJsonArray("data")
                        .get(1)
                        .getAsString());
        assertThat(ImageFiles.decodeRgb(png, "picture").toBufferedImage().getRGB(3, 4))
                .isEqualTo(expected.main().picture().getRGB(3, 4));
    }

    @Test
    void openInferenceOfRawPixels() throws Exception {
        byte[] pixels = ImageFiles.decodeRgb(FILE, "file").pixels();
        byte[] header = utf8(
                "{\"inputs\": [{\"name\": \"image\", \"shape\": [1, 24, 32, 3], \"datatype\": \"UINT8\", \"parameters\": {\"binary_data_size\": %s}}], \"outputs\": [{\"name\": \"main\", \"parameters\": {\"binary_data\": true}}]}"
                        .formatted(pixels.length));

        byte[] all = served.send(served.post(
                        "/v2/models/micro/infer",
                        joined(header, pixels),
                        "Inference-Header-Content-Length",
                        Integer.toString(header.length)))
                .body();

        assertThat(Arrays.copyOfRange(all, all.length - 24 * 32, all.length)).isEqualTo(labels(expected));
    }

    @Test
    void aPictureIsAnsweredAsItIsAskedFor() throws Exception {
        JsonObject json = json(served.send(served.post("/predictions/micro?values=true", FILE)));
        JsonObject tasks = json.getAsJsonObject("tasks");
        JsonArray classes = tasks.getAsJsonObject("main").getAsJsonArray("classes");
        double shares = 0;
        for (int i = 0; i < classes.size(); i++) {
            shares += classes.get(i).getAsJsonObject().get("share").getAsDouble();
        }
        assertThat(shares).isEqualTo(1, Offset.offset(1e-9));
        assertThat(tasks.getAsJsonObject("range")
                        .getAsJsonArray("values")
                        .get(5)
                        .getAsJsonArray()
                        .get(6)
                        .getAsFloat())
                .isEqualTo(expected.task("range").value(6, 5));

        HttpResponse<byte[]> overlay = served.send(
                served.post("/predictions/micro", FILE, "Accept", "text/html, image/*;q=0.8, application/json;q=0.1"));
        assertThat(overlay.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(overlay.body())).getWidth())
                .as("both tasks side by side")
                .isEqualTo(64);

        HttpResponse<byte[]> raw =
                served.send(served.post("/predictions/micro?task=range", FILE, "Accept", "application/octet-stream"));
        assertThat(raw.body()).isEqualTo(floats(expected.task("range").values()));
        assertThat(raw.headers().firstValue("X-Shape")).contains("1,24,32");
        assertThat(raw.headers().firstValue("X-Datatype")).contains("FP32");
    }

    @Test
    void valuesWithoutLossAsFiles() throws Exception {
        byte[] main = served.send(served.post("/predictions/micro?view=values", FILE, "Accept", "image/png"))
                .body();
        byte[] range = served.send(
                        served.post("/predictions/micro?view=values&task=range", FILE, "Accept", "image/png"))
                .body();

        assertThat(ImageFiles.decodeLabels(main, "main").values())
                .isEqualTo(expected.main().values());
        assertThat(ImageFiles.decodeDepth(range, 0.001, "range").values())
                .usingComparatorWithPrecision(0.0006f)
                .containsExactly(expected.task("range").values());
    }

    @Test
    void huggingFacesForms() throws Exception {
        HttpResponse<byte[]> segments = served.send(served.post("/models/micro", FILE));
        JsonArray all = JsonParser.parseString(Served.text(segments)).getAsJsonArray();
        int pixels = 0;
        for (int i = 0; i < all.size(); i++) {
            JsonObject segment = all.get(i).getAsJsonObject();
            assertThat(segment.get("score").isJsonNull()).isTrue();
            float[] mask = ImageFiles.decodeLabels(
                            Base64.getDecoder().decode(segment.get("mask").getAsString()), "mask")
                    .values();
            for (int at = 0; at < mask.length; at++) {
                if (mask[at] == 255) {
                    pixels++;
                    assertThat(expected.main()
                                    .classAt(at % 32, at / 32)
                                    .orElseThrow()
                                    .name())
                            .isEqualTo(segment.get("label").getAsString());
                }
            }
        }
        assertThat(pixels).isEqualTo(32 * 24);

        String body = "{\"inputs\": \"%s\", \"parameters\": {\"x\": [1]}}"
                .formatted(Base64.getEncoder().encodeToString(FILE));
        JsonObject depth = json(
                served.send(served.post("/models/micro?task=range", utf8(body), "Content-Type", "application/json")));
        assertThat(depth.getAsJsonArray("predicted_depth")
                        .get(2)
                        .getAsJsonArray()
                        .get(3)
                        .getAsFloat())
                .isEqualTo(expected.task("range").value(3, 2));
        assertThat(depth.get("depth").getAsString()).startsWith("iVBOR");
    }

    @Test
    void sageMakersRouteHasTheFirstModel() throws Exception {
        assertThat(json(served.send(served.post("/invocations", FILE, "Content-Type", "image/png")))
                        .get("model")
                        .getAsString())
                .isEqualTo("micro");
        String body = "{\"inputs\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(FILE));
        assertThat(Served.text(
                        served.send(served.post("/invocations", utf8(body), "Content-Type", "application/json"))))
                .startsWith("[{\"label\":");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /predictions/nothing | x | 404 | There is no model 'nothing'; there are: micro
                    /predictions/micro | no picture | 400 | What was sent is no picture. Pictures must be JPEG, PNG, WebP, TIFF, BMP or GIF.
                    /predictions/micro | '' | 400 | The body is empty; it must have a picture
                    /predictions/micro?task=x | x | 404 | The model 'micro' has no task 'x'; it has: main, range
                    /predictions/micro?view=x | x | 400 | view must be overlay, picture or values, not 'x'
                    /predictions/micro?values=1 | x | 400 | values must be true or false, not '1'
                    /v2/models/nothing/infer | {} | 404 | There is no model 'nothing'; there are: micro
                    /v2/models/micro/infer | {} | 400 | There must be an input 'image': BYTES [n], n files, or UINT8 [n, height, width, 3]; there are:
                    /v2/models/micro/infer | [] | 400 | The body is not JSON of the Open Inference Protocol: Expected BEGIN_OBJECT but was BEGIN_ARRAY at line 1 column 2 path $
                    /v2/models/micro/infer | {"inputs": [{"name": "image"}]} | 400 | An input needs a name, a datatype and a shape
                    /v2/models/micro/infer | {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1]}]} | 400 | The input 'image' needs either data or a binary_data_size among its parameters
                    /v2/models/micro/infer | {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1], "data": ["????"]}]} | 400 | A picture in JSON must be the base64 of a file: Illegal base64 character 3f
                    /v2/models/micro/infer | {"inputs": [{"name": "image", "datatype": "UINT8", "shape": [1, 1, 1, 3], "data": [1, 2, 256]}]} | 400 | UINT8 is 0 to 255, not 256, at $.inputs[0].data[3]
                    /v2/models/micro/infer | {"inputs": [{"name": "image", "datatype": "UINT8", "shape": [1, 1, 1, 3], "data": [1, 2]}]} | 400 | The input 'image' of shape [1, 1, 1, 3] needs 3 elements, but there are 2
                    /v2/models/micro/infer | {"inputs": [{"name": "image", "datatype": "UINT8", "shape": [99999, 99999, 99999, 3], "data": [1, 2]}]} | 400 | The shape [99999, 99999, 99999, 3] of the input 'image' makes no sense
                    /v2/models/micro/infer | {"inputs": [{"name": "image", "datatype": "FP32", "shape": [1], "data": [1]}]} | 400 | The input 'image' has the datatype FP32; possible are BYTES and UINT8
                    /v2/models/micro/infer | {"outputs": [{"name": "depth"}], "inputs": []} | 400 | The model 'micro' has no output 'depth'; it has: main, main.overlay, main.picture, range, range.overlay, range.picture
                    /models/micro | no picture | 400 | What was sent is no picture. Pictures must be JPEG, PNG, WebP, TIFF, BMP or GIF.
                    """)
    void whatIsWrongIsSaid(String path, String body, int status, String message) throws Exception {
        HttpResponse<byte[]> response = served.send(served.post(path, utf8(body), "X-Request-Id", "mine-1"));

        assertThat(response.statusCode()).isEqualTo(status);
        JsonObject error = JsonParser.parseString(Served.text(response)).getAsJsonObject();
        assertThat(error.get("error").getAsString().strip()).isEqualTo(message);
        assertThat(error.get("id").getAsString()).isEqualTo("mine-1");
        assertThat(response.headers().firstValue("X-Request-Id")).contains("mine-1");
    }

    @Test
    void othersThanTheRoutesAreRefusedAsWell() throws Exception {
        assertThat(served.get("/nowhere").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> got = served.get("/invocations");
        assertThat(Served.text(got)).contains("\"error\":\"/invocations is for POST, not GET\"");
        assertThat(got.headers().firstValue("Allow")).contains("POST");
        assertThat(served.send(served.post("/predictions/micro", FILE, "Accept", "text/csv"))
                        .statusCode())
                .isEqualTo(406);
        assertThat(served.send(served.post("/predictions/micro", FILE, "Content-Type", "multipart/form-data"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(served.send(served.post("/predictions/micro", FILE, "Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(served.get("/examples/..%2f..%2fpom.xml").statusCode()).isIn(400, 404);
    }

    /** Ids that could break a line of the log are not taken over. */
    @Test
    void idsOfOthersAreTakenWhenTheyAreSane() throws Exception {
        String id = served.send(
                        served.request("/v2").header("X-Request-Id", "a b").build())
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();

        assertThat(id).matches("[0-9a-f]{16}");
    }

    @Test
    void theDescriptionHasEveryRouteAndNoOther() throws Exception {
        JsonObject paths = json(served.get("/openapi.json")).getAsJsonObject("paths");

        assertThat(paths.entrySet().stream()
                        .flatMap(path -> path.getValue().getAsJsonObject().keySet().stream()
                                .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey())))
                .containsExactlyInAnyOrderElementsOf(served.server.routes());
    }

    /** The models are asked in turns by several threads, so that requests of both wait in the queue together. */
    @Test
    void twoModelsGiveTheBytesThatEachGivesAlone() throws Exception {
        Path run = MicroRun.write(folder.resolve("other"), "seed=5", Served.DEPTH);
        float[] alone;
        try (IedpModel other = IedpModel.open(run)) {
            alone = other.predict(Served.picture(1, 32, 24)).task("range").values();
        }
        try (Server both = Server.start(ServerOptions.LOCAL)) {
            both.open(List.of(
                    Served.warm("one", IedpModel.open(folder.resolve("micro"))),
                    Served.warm("two", IedpModel.open(run))));
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(served.sendAsync(HttpRequest.newBuilder(URI.create(
                                both.address() + "/predictions/" + (i % 2 == 0 ? "one" : "two") + "?task=range"))
                        .header("Accept", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(FILE))
                        .build()));
            }
            for (int i = 0; i < 16; i++) {
                assertThat(answers.get(i).get().body())
                        .isEqualTo(floats(i % 2 == 0 ? expected.task("range").values() : alone));
            }
        }
    }

    @Test
    void aTokenIsAskedForEverywhereButForHealth() throws Exception {
        try (Server guarded = Server.start(ServerOptions.LOCAL.withToken("secret"))) {
            String at = guarded.address();
            for (Map.Entry<String, Integer> each : Map.of(
                            "/v2", 401, "/metrics", 401, "/v2/models/x", 401, "/v2/health/live", 200, "/", 200)
                    .entrySet()) {
                assertThat(served.send(HttpRequest.newBuilder(URI.create(at + each.getKey()))
                                        .header("Authorization", "Bearer other")
                                        .build())
                                .statusCode())
                        .as(each.getKey())
                        .isEqualTo(each.getValue());
            }
            assertThat(served.send(HttpRequest.newBuilder(URI.create(at + "/v2"))
                                    .header("Authorization", "Bearer secret")
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void beforeTheModelsAreOpenItIsAliveButNotReady() throws Exception {
        try (Server young = Server.start(ServerOptions.LOCAL)) {
            for (Map.Entry<String, Integer> each : Map.of(
                            "/v2/health/live", 200, "/v2/health/ready", 503, "/ping", 503, "/v2/models/x", 503)
                    .entrySet()) {
                assertThat(served.send(HttpRequest.newBuilder(URI.create(young.address() + each.getKey()))
                                        .build())
                                .statusCode())
                        .as(each.getKey())
                        .isEqualTo(each.getValue());
            }
            HttpResponse<byte[]> head =
                    served.send(HttpRequest.newBuilder(URI.create(young.address() + "/v2/health/ready"))
                            .method("HEAD", BodyPublishers.noBody())
                            .build());
            assertThat(head.statusCode()).isEqualTo(503);
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        ServerOptions taken = new ServerOptions(
                "127.0.0.1", served.server.port(), Optional.empty(), Optional.empty(), Limits.STANDARD);

        assertThatThrownBy(() -> Server.start(taken))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot listen at 127.0.0.1, port %s".formatted(served.server.port()))
                .hasMessageContaining("--port");
    }
}
