package io.iedp.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.engine.Prediction;
import io.iedp.io.image.ImageFiles;
import io.iedp.serve.limits.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, in a browser: what it shows is what the model predicts. */
class PageTest {
    @TempDir
    private Path profile;

    @TempDir
    private Path folder;

    @Test
    void nothingComesFromElsewhere() throws Exception {
        try (Served served = Served.with(folder, Limits.STANDARD)) {
            var page = served.get("/");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe");
            for (String path : List.of("/", "/page/app.js", "/page/style.css")) {
                assertThat(Served.text(served.get(path)))
                        .doesNotContainPattern("(src|href|url|import|fetch)\\W{1,4}(https?:)?//")
                        .doesNotContain(" style=\"", "onclick=");
            }
            assertThat(Served.text(served.get("/examples")))
                    .isEqualTo("[\"room-1.jpg\",\"room-2.jpg\",\"room-3.jpg\"]");
        }
    }

    @Test
    void showsWhatTheModelPredicts() throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "There is no chromium (apt-get install chromium), so no browser saw the page");
        try (Served served = Served.with(folder, Limits.STANDARD);
                Chromium browser = Chromium.start(program.get(), profile)) {
            browser.call("Page.navigate", Map.of("url", served.server.address() + "/"));
            browser.await("document.querySelectorAll('#examples img').length === 3");
            browser.await("document.querySelector('#model').value === 'micro'");

            takesAnExample(served, browser);
            slidesByKeyboard(browser);
            showsAClassAlone(browser);
            dropsAPicture(served, browser);
            showsDepth(served, browser);
            downloads(served, browser);
            fitsAPhone(browser);
            isDark(browser);
            assertThat(browser.complaints()).isEmpty();
            saysWhatIsWrong(browser);
        }
    }

    private static void takesAnExample(Served served, Chromium browser) throws Exception {
        browser.evaluate("document.querySelector('#examples button').click()");
        browser.await("!document.querySelector('#result').hidden");
        JsonObject said = JsonParser.parseString(Served.text(served.send(served.post(
                        "/predictions/micro", served.get("/examples/room-1.jpg").body()))))
                .getAsJsonObject();
        JsonObject first = said.getAsJsonObject("tasks")
                .getAsJsonObject("main")
                .getAsJsonArray("classes")
                .get(0)
                .getAsJsonObject();

        assertThat(browser.evaluate("document.querySelector('#legend button').innerText.replace(/\\s+/g, ' ')")
                        .getAsString())
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "%s %.1f %%",
                        first.get("name").getAsString(),
                        100 * first.get("share").getAsDouble()));
        assertThat(browser.evaluate("document.querySelector('#photo').width").getAsInt())
                .isEqualTo(384);
    }

    private static void slidesByKeyboard(Chromium browser) {
        browser.evaluate("document.querySelector('#slider').focus()");
        browser.press("ArrowRight", 39);
        assertThat(browser.evaluate("document.querySelector('#prediction').style.clipPath")
                        .getAsString())
                .isEqualTo("inset(0px 0px 0px 51%)");
        browser.press("Home", 36);
        assertThat(browser.evaluate("document.querySelector('#prediction').style.clipPath")
                        .getAsString())
                .isEqualTo("inset(0px 0px 0px 0%)");
    }

    /** The first class has most pixels; all others are dark while it has the focus. */
    private static void showsAClassAlone(Chromium browser) {
        String colors =
                "(() => { const c = document.querySelector('#prediction'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; const s = new Set(); for (let i = 0; i < d.length; i += 4) s.add(d.slice(i, i + 4).join()); return s.size; })()";
        int classes = browser.evaluate("document.querySelectorAll('#legend li').length")
                .getAsInt();
        assertThat(browser.evaluate(colors).getAsInt()).isEqualTo(classes).isGreaterThan(2);
        browser.evaluate("document.querySelector('#legend button').focus()");
        assertThat(browser.evaluate(colors).getAsInt()).isEqualTo(2);
        browser.evaluate("document.querySelector('#legend button').blur()");
        assertThat(browser.evaluate(colors).getAsInt()).isEqualTo(classes);
    }

    private static void dropsAPicture(Served served, Chromium browser) throws InterruptedException {
        Prediction expected = served.model.predict(Served.picture(1, 32, 24));
        browser.evaluate(
                "(() => { const d = new DataTransfer(); d.items.add(new File([Uint8Array.from(atob('%s'), c => c.charCodeAt(0))], 'mine.png', {type: 'image/png'})); document.querySelector('#drop').dispatchEvent(new DragEvent('drop', {dataTransfer: d, bubbles: true, cancelable: true})); })()"
                        .formatted(Base64.getEncoder().encodeToString(Served.file(1))));
        browser.await("document.querySelector('#status').textContent.startsWith('mine.png: 32 × 24 pixels')");
        int pixel = browser.evaluate(
                        "(() => { const d = document.querySelector('#prediction').getContext('2d').getImageData(3, 4, 1, 1).data; return d[0] << 16 | d[1] << 8 | d[2]; })()")
                .getAsInt();
        assertThat(pixel).isEqualTo(expected.main().classAt(3, 4).orElseThrow().rgb());
    }

    private static void showsDepth(Served served, Chromium browser) {
        browser.evaluate(
                "(() => { const t = document.querySelector('#task'); t.value = 'range'; t.dispatchEvent(new Event('change')); })()");
        assertThat(browser.evaluate("document.querySelector('#scale').hidden").getAsBoolean())
                .isFalse();
        float[] values =
                served.model.predict(Served.picture(1, 32, 24)).task("range").values();
        assertThat(browser.evaluate("document.querySelector('#most').textContent")
                        .getAsString())
                .endsWith(" m")
                .satisfies(text -> assertThat(Float.parseFloat(text.replace(" m", "")))
                        .isEqualTo(most(values), Offset.offset(0.006f)));
    }

    private static float most(float... values) {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    private void downloads(Served served, Chromium browser) throws Exception {
        browser.call("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
        browser.evaluate("document.querySelector('#save-values').click()");
        Path png = folder.resolve("mine-range.png");
        while (!Files.exists(png) || Files.size(png) == 0) {
            Thread.sleep(20);
        }
        assertThat(ImageFiles.readDepth(png, 0.001).values())
                .usingComparatorWithPrecision(0.0006f)
                .containsExactly(served.model
                        .predict(Served.picture(1, 32, 24))
                        .task("range")
                        .values());
    }

    private static void fitsAPhone(Chromium browser) {
        browser.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        assertThat(browser.evaluate("document.scrollingElement.scrollWidth").getAsInt())
                .isEqualTo(360);
        assertThat(browser.evaluate(
                                "Math.min(...[...document.querySelectorAll('button')].filter(b => b.offsetParent).map(b => b.offsetHeight))")
                        .getAsInt())
                .as("pixels of the lowest button")
                .isGreaterThanOrEqualTo(40);
        browser.call("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    private static void isDark(Chromium browser) {
        String back = "getComputedStyle(document.body).backgroundColor";
        for (Map.Entry<String, String> each :
                Map.of("dark", "rgb(20, 22, 27)", "light", "rgb(251, 251, 249)").entrySet()) {
            browser.call(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", each.getKey()))));
            assertThat(browser.evaluate(back).getAsString()).isEqualTo(each.getValue());
        }
    }

    private static void saysWhatIsWrong(Chromium browser) throws InterruptedException {
        browser.evaluate(
                "(() => { const d = new DataTransfer(); d.items.add(new File(['no picture'], 'notes.txt')); document.dispatchEvent(new DragEvent('drop', {dataTransfer: d, bubbles: true, cancelable: true})); })()");
        browser.await("!document.querySelector('#error').hidden");
        assertThat(browser.evaluate("document.querySelector('#error').textContent")
                        .getAsString())
                .startsWith("What was sent is no picture.");
    }
}
