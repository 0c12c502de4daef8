package io.iedp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointCloudTest {
    /** 3 x 2 pixels, of which one has no depth. */
    private static PointCloud points() {
        byte[] pixels = new byte[18];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (200 + i);
        }
        return PointCloud.of(new RgbImage(3, 2, pixels), Raster.depth(3, 2, new float[] {2, 2, 2, 0, 4, 4}), 2);
    }

    /** By similar triangles: x / z is the distance from the centre over the focal length. */
    @Test
    void aPointLiesOnTheRayOfItsPixel() {
        PointCloud points = points();

        assertThat(points.size()).isEqualTo(5);
        assertThat(points.positions()).containsExactly(-1, 0.5f, -2, 0, 0.5f, -2, 1, 0.5f, -2, 0, -1, -4, 2, -1, -4);
        assertThat(points.colors()).startsWith(200, 201, 202).endsWith(215, 216, 217);
    }

    /** Half of the width is opposite to half of the angle. */
    @Test
    void aFieldOfViewTellsTheFocalLength() {
        assertThat(PointCloud.focalLength(90, 640)).isCloseTo(320, within(1e-9));
        assertThat(PointCloud.focalLength(60, 100)).isCloseTo(50 * Math.sqrt(3), within(1e-9));
        assertThatThrownBy(() -> PointCloud.focalLength(180, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesAreThoseOfTheFormat(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("points.ply");
        points().writePly(file);

        byte[] bytes = Files.readAllBytes(file);
        String header = """
                ply
                format binary_little_endian 1.0
                element vertex 5
                property float x
                property float y
                property float z
                property uchar red
                property uchar green
                property uchar blue
                end_header
                """;
        assertThat(new String(bytes, 0, header.length(), StandardCharsets.US_ASCII))
                .isEqualTo(header);
        assertThat(bytes).hasSize(header.length() + 5 * 15);
        ByteBuffer last = ByteBuffer.wrap(bytes, bytes.length - 15, 15).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(last.getFloat()).isEqualTo(2);
        assertThat(last.getFloat()).isEqualTo(-1);
        assertThat(last.getFloat()).isEqualTo(-4);
        assertThat(last.get() & 0xff).isEqualTo(215);
    }
}
