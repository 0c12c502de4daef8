package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.data.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/** Texts in PNG files, as the JDK's reader finds them. */
class PngTextTest {
    private static final RgbImage IMAGE = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

    @TempDir
    private Path folder;

    @Test
    void otherReadersFindTheTexts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("prompt", "ein Stuhl, größer als \u00d7");
        texts.put("negative", "красный 猫 \ud83d\udc31\nand a second line");
        texts.put("nothing", "");
        Path file = folder.resolve("a.png");

        ImageFiles.writePng(IMAGE, texts, file);

        assertThat(texts(file, "tEXtEntry", "value"))
                .containsOnly(Map.entry("prompt", texts.get("prompt")), Map.entry("nothing", ""));
        assertThat(texts(file, "iTXtEntry", "text")).containsOnly(Map.entry("negative", texts.get("negative")));
        assertThat(ImageFiles.readRgb(file).pixels()).isEqualTo(IMAGE.pixels());
    }

    @Test
    void withoutTextsTheFileIsAsItWas() throws IOException {
        Path one = folder.resolve("one.png");
        Path other = folder.resolve("other.png");
        ImageFiles.writePng(IMAGE, one);
        ImageFiles.writePng(IMAGE, Map.of(), other);
        assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(other));
    }

    /** A zero byte would end a text. */
    @Test
    void zerosAreLeftOut() throws IOException {
        Path file = folder.resolve("a.png");
        ImageFiles.writePng(IMAGE, Map.of("prompt", "a\0b"), file);
        assertThat(texts(file, "tEXtEntry", "value")).containsEntry("prompt", "ab");
    }

    @Test
    void keysAreShortAndPlain() {
        for (String key : new String[] {"", "a b", "grün", "k".repeat(80)}) {
            assertThatThrownBy(() -> ImageFiles.writePng(IMAGE, Map.of(key, "text"), folder.resolve("a.png")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the key of a text must be 1 to 79 letters without spaces, not '%s'", key);
        }
    }

    private static Map<String, String> texts(Path file, String entry, String value) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(stream);
            IIOMetadata metadata = reader.getImageMetadata(0);
            NodeList entries =
                    ((Element) metadata.getAsTree(metadata.getNativeMetadataFormatName())).getElementsByTagName(entry);
            Map<String, String> texts = new TreeMap<>();
            for (int i = 0; i < entries.getLength(); i++) {
                NamedNodeMap attributes = entries.item(i).getAttributes();
                texts.put(
                        attributes.getNamedItem("keyword").getNodeValue(),
                        attributes.getNamedItem(value).getNodeValue());
            }
            return texts;
        } finally {
            reader.dispose();
        }
    }
}
