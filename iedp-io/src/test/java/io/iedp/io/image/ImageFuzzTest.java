package io.iedp.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.io.Fuzz;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changed pictures are read or refused, and nothing else; see {@link Fuzz} for more of them. */
class ImageFuzzTest {
    private static final int INPUTS = 3000;

    private static List<byte[]> jpegs() throws IOException {
        RgbImage image = StoredJpegTest.noise(24, 18, 1);
        List<byte[]> files = new ArrayList<>();
        for (boolean progressive : new boolean[] {false, true}) {
            byte[] file = StoredJpegTest.jpeg(image, progressive);
            JpegFile parts = JpegFile.of(file);
            files.add(file);
            files.add(parts.without(JpegFile.JFIF).numbered('R', 'G', 'B').bytes());
            files.add(
                    parts.beginning(JpegFile.part(JpegFile.EXIF, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0"))
                            .bytes());
            files.add(parts.beginning(
                            JpegFile.part(JpegFile.PROFILE, "ICC_PROFILE\0\1\2abc"),
                            JpegFile.part(JpegFile.ADOBE, "Adobe\0d\0\0\0\0\1"))
                    .bytes());
        }
        files.add(StoredJpegTest.greyJpeg(17, 9));
        return files;
    }

    private static List<byte[]> pngs() {
        List<byte[]> files = new ArrayList<>();
        int[][] kinds = {
            {0, 1}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 2}, {3, 8}, {4, 8}, {4, 16}, {6, 8}, {6, 16}
        };
        for (int[] kind : kinds) {
            PngFile file = PngFile.start(kind[0], kind[1], 5);
            if (kind[0] == PngFile.PALETTE) {
                file.chunk("PLTE", 1, 2, 3, 4, 5, 6);
            }
            int channels = kind[0] == 6 ? 4 : kind[0] == 4 ? 2 : kind[0] == 2 ? 3 : 1;
            file.chunk("tRNS", 0, 1).chunk("eXIf", 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6);
            files.add(file.end(
                    kind[1],
                    IntStream.range(0, 5 * channels)
                            .map(i -> i & (1 << Math.min(kind[1], 8)) - 1)
                            .toArray()));
        }
        return files;
    }

    private static void readAll(byte[] file) {
        RgbImage image = ImageFiles.decodeRgb(file, "a");
        assertThat(image.pixels()).hasSize(3 * image.width() * image.height());
    }

    @Test
    void changedJpegsAreReadOrRefused() throws IOException {
        Fuzz.run("jpeg", INPUTS, jpegs(), ImageFuzzTest::readAll);
    }

    @Test
    void changedPngsAreReadOrRefused() {
        Fuzz.run("png", INPUTS, pngs(), ImageFuzzTest::readAll);
    }

    @Test
    void pngsWithRightChecksumsAreReadOrRefused() {
        Fuzz.run("png-checksums", INPUTS, pngs(), file -> {
            PngFile.repairChecksums(file);
            readAll(file);
        });
    }

    @Test
    void mapsAreReadOrRefused() {
        Fuzz.run("maps", INPUTS, pngs(), file -> {
            PngFile.repairChecksums(file);
            boolean deep = file.length > 24 && file[24] == 16;
            Raster map = deep ? ImageFiles.decodeDepth(file, 1, "a") : ImageFiles.decodeLabels(file, "a");
            assertThat(map.values()).hasSize(map.width() * map.height());
        });
    }

    /** A header whose numbers are anything. */
    @Test
    void pngsOfAnySizeAreReadOrRefused() {
        byte[] png = PngFile.row(PngFile.GREY, 8, 1, 1);
        Fuzz.run("png-sizes", INPUTS, List.of(new byte[8]), sizes -> {
            byte[] other = png.clone();
            System.arraycopy(sizes, 0, other, 16, Math.min(sizes.length, 8));
            PngFile.repairChecksums(other);
            readAll(other);
        });
    }

    @Test
    void jpegsOfAnySizeAreReadOrRefused() throws IOException {
        byte[] grey = StoredJpegTest.greyJpeg(8, 8);
        Fuzz.run(
                "jpeg-sizes",
                INPUTS,
                List.of(new byte[4]),
                sizes -> readAll(JpegFile.of(grey)
                        .changed(JpegFile.FRAME, part -> {
                            System.arraycopy(sizes, 0, part, 5, Math.min(sizes.length, 4));
                            return part;
                        })
                        .bytes()));
    }
}
