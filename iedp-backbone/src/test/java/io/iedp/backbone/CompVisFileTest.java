package io.iedp.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.files.StoredSource;
import io.iedp.nn.files.WeightFiles;
import io.iedp.nn.testing.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Against the names that diffusers' own conversion gives. */
class CompVisFileTest {
    private static final int HEADS = 8;
    private static final int GROUPS = 32;

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void givesTheNamesOfDiffusers() throws IOException {
        Path folder = Goldens.folder("b_ldm_ckpt");
        JsonObject map = json(folder.resolve("name_map_ldm_to_diffusers.json"));
        try (StoredSource stored = WeightFiles.open(folder.resolve("sd-mini.safetensors"));
                CompVisFile file = CompVisFile.open(folder.resolve("sd-mini.safetensors"), HEADS, GROUPS)) {
            assertThat(file.unet().names()).containsExactlyInAnyOrderElementsOf(values(map, "unet"));
            assertThat(file.vae().names()).containsExactlyInAnyOrderElementsOf(values(map, "vae"));
            // Each array must be the one that the map says, which its bytes show.
            for (Map.Entry<String, JsonElement> each :
                    map.getAsJsonObject("unet").entrySet()) {
                assertSame(stored, each.getKey(), file.unet(), each.getValue().getAsString());
            }
            for (Map.Entry<String, JsonElement> each :
                    map.getAsJsonObject("vae").entrySet()) {
                assertSame(stored, each.getKey(), file.vae(), each.getValue().getAsString());
            }
        }
    }

    private static Set<String> values(JsonObject map, String part) {
        return map.getAsJsonObject(part).entrySet().stream()
                .map(each -> each.getValue().getAsString())
                .collect(Collectors.toSet());
    }

    private static void assertSame(StoredSource stored, String name, StoredSource renamed, String newName) {
        try (var one = stored.stored(name);
                var other = renamed.stored(newName)) {
            assertThat(other.bytes()).as(newName).isEqualTo(one.bytes());
        }
    }

    @Test
    void readsSizesOffTheShapes() throws IOException {
        Path folder = Goldens.folder("b_ldm_ckpt");
        JsonObject configs = json(folder.resolve("diffusers_configs.json"));
        try (CompVisFile file = CompVisFile.open(folder.resolve("sd-mini.safetensors"), HEADS, GROUPS)) {
            assertThat(UnetConfig.parse(file.unetConfig()))
                    .isEqualTo(UnetConfig.parse(new ConfigFile(configs.getAsJsonObject("unet"), "unet")));
            assertThat(VaeConfig.parse(file.vaeConfig()))
                    .isEqualTo(VaeConfig.parse(new ConfigFile(configs.getAsJsonObject("vae"), "vae")));
        }
    }
}
