package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Raster;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * A room 4 m wide, 3 m high and 6 m deep, seen from (2, 1.5, 0.5), straight ahead. With a tangent of 1, the pixel
 * (x, y) of a picture of 16 x 12 has the ray (u, v, 1), u = (x - 7.5) / 6, v = (5.5 - y) / 6.
 */
class RendererTest {
    private static final int WIDTH = 16;
    private static final int HEIGHT = 12;
    private static final Offset<Float> ROUNDING = within(1e-5f);
    private static final Material GREY = Material.plain(0x808080);
    private static final Camera CAMERA = Camera.of(new Vec(2, 1.5, 0.5), 0, 0, 0, 1);
    private static final Room.Light LAMP = new Room.Light(2, 2.5, 3, 0, 1, 1, 1);

    private static Renderer.Picture render(Room.Furniture... furniture) {
        return new Renderer(room(0.4, List.of(LAMP), furniture), WIDTH, HEIGHT).render();
    }

    private static Room room(double ambient, List<Room.Light> lights, Room.Furniture... furniture) {
        Shell shell = new Shell(4, 3, 6, GREY, GREY, GREY);
        return new Room("office", shell, List.of(furniture), lights, ambient, CAMERA);
    }

    private static double u(int x) {
        return (x - 7.5) / 6;
    }

    private static double v(int y) {
        return (5.5 - y) / 6;
    }

    /** The ray leaves 2 m to either side at depth 2 / |u|, 1.5 m above or below at 1.5 / |v|, and 5.5 m ahead. */
    @Test
    void emptyRoom() {
        Renderer.Picture picture = render();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double side = 2 / Math.abs(u(x));
                double level = 1.5 / Math.abs(v(y));
                double expected = Math.min(5.5, Math.min(side, level));
                assertThat(picture.depth().at(x, y)).isEqualTo((float) expected, ROUNDING);
                Thing thing = level > Math.min(5.5, side) ? Thing.WALL : v(y) < 0 ? Thing.FLOOR : Thing.CEILING;
                assertThat(picture.labels().at(x, y)).isEqualTo(thing.ordinal());
                assertThat(picture.pieces()[y * WIDTH + x]).isEqualTo(-1);
            }
        }
    }

    /** In the camera's axes, with z towards it: a unit vector away from each wall, the floor and the ceiling. */
    @Test
    void wallsFaceTheRoom() {
        Renderer renderer = new Renderer(room(0.4, List.of(LAMP)), WIDTH, HEIGHT);
        Raster normals = renderer.normals();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double side = 2 / Math.abs(u(x));
                double level = 1.5 / Math.abs(v(y));
                boolean back = 5.5 < Math.min(side, level);
                boolean wall = !back && side < level;
                assertThat(normals.at(0, x, y)).isEqualTo(wall ? -Math.signum((float) u(x)) : 0, ROUNDING);
                assertThat(normals.at(1, x, y)).isEqualTo(back || wall ? 0 : -Math.signum((float) v(y)), ROUNDING);
                assertThat(normals.at(2, x, y)).isEqualTo(back ? 1 : 0, ROUNDING);
            }
        }
    }

    /** What {@link #ball} has: the surface at t (u, v, 1) faces away from the centre (0, 0, 3). */
    @Test
    void aBallFacesAwayFromItsCentre() {
        Piece ball = Piece.of(Thing.BALL).ball(0, 1.5, 0, 0.9, GREY).done();
        Room room = room(0.4, List.of(LAMP), new Room.Furniture(ball, Pose.of(2, 3.5, 0.7)));
        Raster normals = new Renderer(room, WIDTH, HEIGHT).normals();
        double square = u(8) * u(8) + v(5) * v(5) + 1;
        double t = (6 - Math.sqrt(36 - 4 * square * 8.19)) / (2 * square);
        assertThat(normals.at(0, 8, 5)).isEqualTo((float) (t * u(8) / 0.9), ROUNDING);
        assertThat(normals.at(1, 8, 5)).isEqualTo((float) (t * v(5) / 0.9), ROUNDING);
        assertThat(normals.at(2, 8, 5)).isEqualTo((float) ((3 - t) / 0.9), ROUNDING);
    }

    /** A camera that looks 30 degrees down sees the floor face up by cos 30 and towards it by sin 30. */
    @Test
    void directionsAreInTheCamerasAxes() {
        Camera down = Camera.of(new Vec(2, 1.5, 0.5), 0, -Math.PI / 6, 0, 0.2);
        Shell shell = new Shell(4, 3, 6, GREY, GREY, GREY);
        Room room = new Room("office", shell, List.of(), List.of(LAMP), 0.4, down);
        Raster normals = new Renderer(room, WIDTH, HEIGHT).normals();
        assertThat(normals.at(0, 8, 6)).isEqualTo(0, ROUNDING);
        assertThat(normals.at(1, 8, 6)).isEqualTo((float) Math.sqrt(0.75), ROUNDING);
        assertThat(normals.at(2, 8, 6)).isEqualTo(0.5f, ROUNDING);
    }

    /** Radius 0.9, centre 3 m ahead: t (u, v, 1) is 0.9 m from (0, 0, 3) when t² (u² + v² + 1) - 6 t + 8.19 = 0. */
    @Test
    void ball() {
        Piece ball = Piece.of(Thing.BALL).ball(0, 1.5, 0, 0.9, GREY).done();
        Renderer.Picture picture = render(new Room.Furniture(ball, Pose.of(2, 3.5, 0.7)));
        int seen = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double square = u(x) * u(x) + v(y) * v(y) + 1;
                double discriminant = 36 - 4 * 8.19 * square;
                assertThat(picture.labels().at(x, y) == Thing.BALL.ordinal()).isEqualTo(discriminant >= 0);
                if (discriminant >= 0) {
                    assertThat(picture.depth().at(x, y))
                            .isEqualTo((float) ((6 - Math.sqrt(discriminant)) / (2 * square)), ROUNDING);
                    seen++;
                }
            }
        }
        // u² + v² <= 0.0989, a circle of radius 0.314 or 1.89 pixels, holds the 12 pixel centres around the middle.
        assertThat(seen).isEqualTo(12);
    }

    /** Faces at 3 m ahead, 1 m to either side, 0.5 m up and down: seen where |u| <= 1/3 and |v| <= 1/6. */
    @Test
    void boxAlongTheAxes() {
        Piece box = Piece.of(Thing.TABLE).box(0, 1.5, 0, 2, 1, 1, GREY).done();
        Renderer.Picture picture = render(new Room.Furniture(box, Pose.of(2, 4, 0)));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean inside = Math.abs(u(x)) <= 1 / 3.0 && Math.abs(v(y)) <= 1 / 6.0;
                assertThat(picture.labels().at(x, y) == Thing.TABLE.ordinal()).isEqualTo(inside);
                if (inside) {
                    assertThat(picture.depth().at(x, y)).isEqualTo(3, ROUNDING);
                }
            }
        }
    }

    /**
     * A cube of edge 2 with its middle 3 m ahead, turned by 45°: its near edge is 3 - √2 ahead, and the faces go back
     * by 1 m for each metre aside, so t = 3 - √2 + t |u| until the corners at √2 aside and 3 m ahead.
     */
    @Test
    void boxTurned() {
        Piece box = Piece.of(Thing.CABINET).box(0, 1.5, 0, 2, 2, 2, GREY).done();
        Renderer.Picture picture = render(new Room.Furniture(box, Pose.of(2, 3.5, Math.PI / 4)));
        for (int x = 0; x < WIDTH; x++) {
            boolean inside = Math.abs(u(x)) <= Math.sqrt(2) / 3;
            assertThat(picture.labels().at(x, 5) == Thing.CABINET.ordinal()).isEqualTo(inside);
            if (inside) {
                assertThat(picture.depth().at(x, 5))
                        .isEqualTo((float) ((3 - Math.sqrt(2)) / (1 - Math.abs(u(x)))), ROUNDING);
            }
        }
    }

    /** A thing's back points into the room at first; turned by a quarter, it points to the left. */
    @Test
    void turnsAboutTheVertical() {
        Vec back = Pose.of(1, 1, Math.PI / 2).toRoom(new Vec(0, 0, 1));
        assertThat(back.x()).isEqualTo(0, within(1e-12));
        assertThat(back.z()).isEqualTo(1, within(1e-12));
    }

    @Test
    void nearThingsHideFarOnes() {
        Piece near = Piece.of(Thing.CHAIR).box(0, 1.5, 0, 0.5, 0.5, 0.1, GREY).done();
        Piece far = Piece.of(Thing.SOFA).box(0, 1.5, 0, 4, 3, 0.1, GREY).done();
        Room.Furniture chair = new Room.Furniture(near, Pose.of(2, 2, 0));
        Room.Furniture sofa = new Room.Furniture(far, Pose.of(2, 5, 0));
        assertThat(render(sofa, chair).pieces())
                .isEqualTo(swapped(render(chair, sofa).pieces()));
        assertThat(render(sofa, chair).labels().values())
                .isEqualTo(render(chair, sofa).labels().values());
        assertThat(render(sofa, chair).labels().at(8, 6)).isEqualTo(Thing.CHAIR.ordinal());
    }

    private static int[] swapped(int[] pieces) {
        int[] swapped = pieces.clone();
        for (int i = 0; i < pieces.length; i++) {
            swapped[i] = pieces[i] < 0 ? pieces[i] : 1 - pieces[i];
        }
        return swapped;
    }

    /** Without lamps, a wall (its normal is level) has its own colour times the ambient light, give or take the grain. */
    @Test
    void ambientLight() {
        Renderer.Picture picture = new Renderer(room(0.5, List.of()), WIDTH, HEIGHT).render();
        assertThat(picture.image().rgb(8, 5) & 0xff).isBetween(64 - 4, 64 + 4);
        assertThat(picture.image().rgb(8, 0) & 0xff).isLessThan(64 - 4);
        assertThat(picture.image().rgb(8, 11) & 0xff).isGreaterThan(64 + 4);
    }

    /** Right below the lamp, 0.5 m over the floor, a board keeps the light off. */
    @Test
    void thingsThrowShadows() {
        Piece board = Piece.of(Thing.TABLE).box(0, 0.5, 0, 1, 0.02, 1, GREY).done();
        // (2, 0, 3) is 2.5 m ahead and 1.5 m below the eye: v = -0.6. The light comes through the board.
        int x = 8;
        int y = 9;
        Room.Furniture above = new Room.Furniture(board, Pose.of(2, 3, 0));
        Room.Furniture beside = new Room.Furniture(board, Pose.of(3.4, 3, 0));
        Renderer.Picture lit = render(beside);
        Renderer.Picture dark = render(above);
        assertThat(lit.labels().at(x, y)).isEqualTo(Thing.FLOOR.ordinal());
        assertThat(dark.labels().at(x, y)).isEqualTo(Thing.FLOOR.ordinal());
        assertThat(lit.image().rgb(x, y) & 0xff).isGreaterThan((dark.image().rgb(x, y) & 0xff) + 30);
    }

    @Test
    void edgesOfTheImageAreSmooth() {
        Material white = Material.glowing(0xffffff, 1);
        Material black = Material.glowing(0x000000, 1);
        Shell shell = new Shell(4, 3, 6, black, black, black);
        // The right half is white from u = 1/6 on: the edge goes through the middle of column 8.
        Piece board = Piece.of(Thing.DOOR).box(1, 1.5, 0, 1, 3, 0.01, white).done();
        Room room = new Room(
                "office",
                shell,
                List.of(new Room.Furniture(board, Pose.of(2 - 0.5 + 1.995 / 12, 2.5, 0))),
                List.of(),
                0,
                CAMERA);
        Renderer.Picture picture = new Renderer(room, WIDTH, HEIGHT).render();
        assertThat(picture.image().rgb(7, 5) & 0xff).isLessThan(5);
        assertThat(picture.image().rgb(8, 5) & 0xff).isBetween(95, 160);
        assertThat(picture.image().rgb(9, 5) & 0xff).isGreaterThan(200);
    }
}
