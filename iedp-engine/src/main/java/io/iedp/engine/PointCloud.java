package io.iedp.engine;

import io.iedp.api.UserException;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.io.file.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a photograph shows, in space: a coloured point for each pixel whose depth is known, seen through a pinhole at the origin. As
 * in OpenGL, x goes to the right, y up, and the camera looks along -z. Lengths are in metres.
 */
public final class PointCloud {
    private static final int POINT_BYTES = 3 * Float.BYTES + 3;

    private final float[] positions;
    private final byte[] colors;

    private PointCloud(float[] positions, byte[] colors) {
        this.positions = positions;
        this.colors = colors;
    }

    /**
     * @param depth along the optical axis, of the image's size
     * @param focalLength in pixels
     */
    static PointCloud of(RgbImage image, Raster depth, double focalLength) {
        if (!(focalLength > 0) || Double.isInfinite(focalLength)) {
            throw new IllegalArgumentException("The focal length must be a number above 0, not " + focalLength);
        }
        int pixels = depth.width() * depth.height();
        float[] positions = new float[3 * pixels];
        byte[] colors = new byte[3 * pixels];
        double centreX = (depth.width() - 1) / 2.0;
        double centreY = (depth.height() - 1) / 2.0;
        int points = 0;
        for (int i = 0; i < pixels; i++) {
            int row = i / depth.width();
            float distance = depth.values()[i];
            if (distance != depth.invalid() && distance > 0) {
                positions[3 * points] = (float) ((i % depth.width() - centreX) * distance / focalLength);
                positions[3 * points + 1] = (float) ((centreY - row) * distance / focalLength);
                positions[3 * points + 2] = -distance;
                System.arraycopy(image.pixels(), 3 * i, colors, 3 * points, 3);
                points++;
            }
        }
        return new PointCloud(Arrays.copyOf(positions, 3 * points), Arrays.copyOf(colors, 3 * points));
    }

    /**
     * The focal length of a camera that sees so much.
     *
     * @param degrees the angle between the left and the right edge of the image
     * @param width of the image, in pixels
     * @return in pixels
     */
    public static double focalLength(double degrees, int width) {
        if (!(degrees > 0 && degrees < 180)) {
            throw new IllegalArgumentException("A field of view is above 0 and below 180 degrees, not " + degrees);
        }
        return width / 2.0 / Math.tan(Math.toRadians(degrees) / 2);
    }

    /** How many points there are. */
    public int size() {
        return positions.length / 3;
    }

    /** x, y and z of each point; a copy. */
    public float[] positions() {
        return positions.clone();
    }

    /** Red, green and blue of each point; a copy. */
    public byte[] colors() {
        return colors.clone();
    }

    /**
     * Writes a binary PLY file, which MeshLab, Blender, CloudCompare and others open.
     *
     * @throws UserException if it cannot be written
     */
    public void writePly(Path file) {
        byte[] header = """
                ply
                format binary_little_endian 1.0
                element vertex COUNT
                property float x
                property float y
                property float z
                property uchar red
                property uchar green
                property uchar blue
                end_header
                """.replace("COUNT", Integer.toString(size())).getBytes(StandardCharsets.US_ASCII);
        try {
            AtomicFiles.write(file, channel -> {
                AtomicFiles.write(channel, ByteBuffer.wrap(header));
                ByteBuffer part = ByteBuffer.allocate(POINT_BYTES << 12).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < size(); i++) {
                    for (int axis = 0; axis < 3; axis++) {
                        part.putFloat(positions[3 * i + axis]);
                    }
                    part.put(colors, 3 * i, 3);
                    if (!part.hasRemaining() || i == size() - 1) {
                        AtomicFiles.write(channel, part.flip());
                        part.clear();
                    }
                }
            });
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
