package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CameraTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Vec EYE = new Vec(1, 2, 3);

    private static void assertDirection(Ray ray, double x, double y, double z) {
        assertThat(ray.dx()).isEqualTo(x, ROUNDING);
        assertThat(ray.dy()).isEqualTo(y, ROUNDING);
        assertThat(ray.dz()).isEqualTo(z, ROUNDING);
    }

    @Test
    void looksIntoTheRoom() {
        Camera camera = Camera.of(EYE, 0, 0, 0, 0.5);
        assertDirection(camera.ray(0, 0), 0, 0, 1);
        assertDirection(camera.ray(1, 0), 0.5, 0, 1);
        assertDirection(camera.ray(0, 1), 0, 0.5, 1);
    }

    @Test
    void yawTurnsToTheRightAndPitchUpwards() {
        assertDirection(Camera.of(EYE, Math.PI / 2, 0, 0, 1).ray(0, 0), 1, 0, 0);
        assertDirection(Camera.of(EYE, Math.PI / 2, 0, 0, 1).ray(1, 0), 1, 0, -1);
        double half = Math.sqrt(0.5);
        assertDirection(Camera.of(EYE, 0, Math.PI / 4, 0, 1).ray(0, 0), 0, half, half);
        assertDirection(Camera.of(EYE, 0, Math.PI / 4, 0, 1).ray(0, 1), 0, 2 * half, 0);
    }

    /** What is up in the picture of a camera that leans to its right is to the right in the room. */
    @Test
    void rollLeansToTheRight() {
        assertDirection(Camera.of(EYE, 0, 0, Math.PI / 2, 1).ray(0, 1), 1, 0, 1);
        assertDirection(Camera.of(EYE, 0, 0, Math.PI / 2, 1).ray(1, 0), 0, -1, 1);
    }

    @Test
    void projectionUndoesTheRay() {
        Camera camera = Camera.of(EYE, 0.4, -0.3, 0.1, 0.6);
        int width = 40;
        int height = 30;
        double x = 12.5;
        double y = 20.25;
        Ray ray = camera.ray((2 * x - width) / height, 1 - 2 * y / height);
        Camera.Point point = camera.project(new Vec(ray.x(2.5), ray.y(2.5), ray.z(2.5)), width, height)
                .orElseThrow();
        assertThat(point.x()).isEqualTo(x, ROUNDING);
        assertThat(point.y()).isEqualTo(y, ROUNDING);
    }

    @Test
    void nothingBehindIsProjected() {
        Camera camera = Camera.of(EYE, 0, 0, 0, 1);
        assertThat(camera.project(new Vec(1, 2, 2), 10, 10)).isEmpty();
        Piece wide =
                Piece.of(Thing.SOFA).box(0, 2, 0, 1, 1, 1, Material.plain(0)).done();
        Room.Furniture around = new Room.Furniture(wide, Pose.of(1, 3, 0));
        assertThat(camera.window(around, 10, 8)).isEqualTo(new Camera.Window(0, 0, 10, 8));
    }

    /** A box from 1 to 2 m ahead: its near face, 1 m wide and high, spans 4 of 8 pixels, and half a pixel of blur fits in. */
    @Test
    void windowHoldsTheThing() {
        Camera camera = Camera.of(new Vec(0, 1, 0), 0, 0, 0, 1);
        Piece cube =
                Piece.of(Thing.BALL).box(0, 1, 0, 1, 1, 1, Material.plain(0)).done();
        Camera.Window window = camera.window(new Room.Furniture(cube, Pose.of(0, 1.5, 0)), 8, 8);
        assertThat(List.of(window.left(), window.top(), window.right(), window.bottom()))
                .containsExactly(1, 1, 8, 8);
    }
}
