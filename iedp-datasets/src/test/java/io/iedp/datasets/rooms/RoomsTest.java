package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.data.Dataset;
import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.datasets.rooms.RoomsConfig.Captions;
import io.iedp.datasets.rooms.RoomsConfig.Variety;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomsTest {
    private static final List<String> NUMBERS = List.of("no", "a", "two", "three", "four", "five", "six", "many");

    private static Dataset rooms(int count, int start, int width, int height, long seed) {
        return rooms(Variety.PLAIN, count, start, width, height, seed);
    }

    private static Dataset rooms(Variety variety, int count, int start, int width, int height, long seed) {
        return new Rooms(
                new RoomsConfig(count, start, width, height, false, false, Captions.PLAIN, Optional.empty(), variety),
                () -> seed);
    }

    static IntStream numbers() {
        return IntStream.range(0, 24);
    }

    static Stream<Arguments> varieties() {
        return Arrays.stream(Variety.values())
                .flatMap(variety -> numbers().mapToObj(number -> Arguments.of(variety, number)));
    }

    /** A second way to depth: steps by the distance to the nearest surface, which never jump over one. */
    private static double march(Room room, Ray ray) {
        double length = Math.sqrt(ray.dx() * ray.dx() + ray.dy() * ray.dy() + ray.dz() * ray.dz());
        double depth = 0;
        for (int i = 0; i < 4000; i++) {
            double step = clearance(room, ray.x(depth), ray.y(depth), ray.z(depth));
            if (step < 1e-6) {
                return depth;
            }
            depth += step / length;
        }
        return depth;
    }

    private static double clearance(Room room, double x, double y, double z) {
        Shell shell = room.shell();
        double nearest = Math.min(Math.min(x, shell.width() - x), Math.min(y, shell.height() - y));
        nearest = Math.min(nearest, Math.min(z, shell.depth() - z));
        for (Room.Furniture furniture : room.furniture()) {
            nearest = Math.min(nearest, clearance(furniture, x, y, z));
        }
        return nearest;
    }

    private static double clearance(Room.Furniture furniture, double x, double y, double z) {
        Pose place = furniture.place();
        double turn = Math.atan2(place.sin(), place.cos());
        double px = (x - place.x()) * Math.cos(-turn) - (z - place.z()) * Math.sin(-turn);
        double pz = (x - place.x()) * Math.sin(-turn) + (z - place.z()) * Math.cos(-turn);
        double nearest = Double.MAX_VALUE;
        for (Solid solid : furniture.piece().solids()) {
            double distance;
            if (solid instanceof Ball ball) {
                distance =
                        Math.sqrt(square(px - ball.x()) + square(y - ball.y()) + square(pz - ball.z())) - ball.radius();
            } else if (solid instanceof Drum drum) {
                distance = clearance(drum, Math.sqrt(square(px - drum.x()) + square(pz - drum.z())), y - drum.y());
            } else {
                Block block = (Block) solid;
                double ax = Math.abs(px - block.x()) - block.hx();
                double ay = Math.abs(y - block.y()) - block.hy();
                double az = Math.abs(pz - block.z()) - block.hz();
                double outside = square(Math.max(ax, 0)) + square(Math.max(ay, 0)) + square(Math.max(az, 0));
                distance = Math.sqrt(outside) + Math.min(0, Math.max(ax, Math.max(ay, az)));
            }
            nearest = Math.min(nearest, distance);
        }
        return nearest;
    }

    /** To a half of the drum's outline: a trapezium whose corners lie at its axis and at its radii. */
    private static double clearance(Drum drum, double across, double over) {
        double high = drum.hy();
        double[][] corners = {{0, -high}, {drum.bottom(), -high}, {drum.top(), high}, {0, high}};
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            double sideX = corners[i + 1][0] - corners[i][0];
            double sideY = corners[i + 1][1] - corners[i][1];
            double fromX = across - corners[i][0];
            double fromY = over - corners[i][1];
            double along = (fromX * sideX + fromY * sideY) / (sideX * sideX + sideY * sideY);
            along = Math.max(0, Math.min(1, along));
            nearest = Math.min(nearest, square(fromX - along * sideX) + square(fromY - along * sideY));
        }
        double radius = drum.bottom() + (drum.top() - drum.bottom()) * (over + high) / (2 * high);
        boolean inside = Math.abs(over) < high && across < radius;
        return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
    }

    private static double square(double value) {
        return value * value;
    }

    private static Ray ray(Room room, int x, int y, int width, int height) {
        return room.camera().ray((2 * (x + 0.5) - width) / height, 1 - 2 * (y + 0.5) / height);
    }

    @ParameterizedTest
    @MethodSource("varieties")
    void depthAndLabelsAreThoseOfTheNearestSurface(Variety variety, int number) {
        Room room = new RoomBuilder(Dice.of(7, number), variety).build();
        int width = 32;
        int height = 24;
        Renderer.Picture picture = new Renderer(room, width, height).render();
        int grazing = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Ray ray = ray(room, x, y, width, height);
                double depth = picture.depth().at(x, y);
                // A march may stop where a ray only grazes an edge, never behind what the renderer found.
                double marched = march(room, ray);
                assertThat(marched).isLessThan(depth + 1e-4);
                grazing += marched < depth - 1e-4 ? 1 : 0;
                assertOn(room, picture, x, y, ray, depth);
            }
        }
        assertThat(grazing).isLessThanOrEqualTo(2);
    }

    /** The point that a pixel shows lies on a surface of the thing that the label names. */
    private static void assertOn(Room room, Renderer.Picture picture, int x, int y, Ray ray, double depth) {
        Thing thing = Thing.values()[(int) picture.labels().at(x, y)];
        int piece = picture.pieces()[y * picture.labels().width() + x];
        Shell shell = room.shell();
        double off = switch (thing) {
            case FLOOR -> Math.abs(ray.y(depth));
            case CEILING -> Math.abs(ray.y(depth) - shell.height());
            case WALL ->
                Stream.of(ray.x(depth), ray.x(depth) - shell.width(), ray.z(depth), ray.z(depth) - shell.depth())
                        .mapToDouble(Math::abs)
                        .min()
                        .getAsDouble();
            default -> {
                Room.Furniture furniture = room.furniture().get(piece);
                assertThat(furniture.piece().thing()).isEqualTo(thing);
                yield Math.abs(clearance(furniture, ray.x(depth), ray.y(depth), ray.z(depth)));
            }
        };
        assertThat(off).isLessThan(1e-5);
    }

    @ParameterizedTest
    @MethodSource("varieties")
    void thingsStandWhereTheyCan(Variety variety, int number) {
        Room room = new RoomBuilder(Dice.of(11, number), variety).build();
        Shell shell = room.shell();
        Vec eye = room.camera().eye();
        assertThat(clearance(room, eye.x(), eye.y(), eye.z())).isGreaterThan(0.1);
        for (Room.Furniture furniture : room.furniture()) {
            Bounds bounds = furniture.piece().bounds();
            for (int i = 0; i < 8; i++) {
                Vec corner = furniture.place().toRoom(bounds.corner(i));
                assertThat(corner.x()).isBetween(0.0, shell.width());
                assertThat(corner.y()).isBetween(-1e-9, shell.height() + 1e-9);
                assertThat(corner.z()).isBetween(0.0, shell.depth());
            }
            if (List.of(Thing.BED, Thing.SOFA, Thing.CABINET, Thing.SHELF, Thing.WINDOW, Thing.DOOR, Thing.PICTURE)
                    .contains(furniture.piece().thing())) {
                Vec back = furniture.place().toRoom(new Vec(0, 1, bounds.maxZ()));
                double toWall = Math.min(Math.min(back.x(), shell.width() - back.x()), shell.depth() - back.z());
                assertThat(toWall).isLessThan(0.01);
            }
        }
    }

    /** Chairs are pushed under their table; nothing else has a part where another thing's middle is. */
    @ParameterizedTest
    @MethodSource("varieties")
    void noThingStandsInAnother(Variety variety, int number) {
        List<Room.Furniture> furniture =
                new RoomBuilder(Dice.of(13, number), variety).build().furniture();
        for (Room.Furniture one : furniture) {
            for (Room.Furniture other : furniture) {
                Bounds bounds = one.piece().bounds();
                Vec middle = one.place().toRoom(bounds.middle());
                if (!one.equals(other) && other.piece().thing() != Thing.RUG) {
                    assertThat(clearance(other, middle.x(), middle.y(), middle.z()))
                            .as("%s in %s", one.piece().thing(), other.piece().thing())
                            .isPositive();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("varieties")
    void captionsNameWhatIsVisible(Variety variety, int number) {
        Sample sample = rooms(variety, 100, 0, 96, 72, 5).get(number);
        Raster labels = sample.target(Sample.LABELS);
        Map<Thing, Integer> pixels = new EnumMap<>(Thing.class);
        for (float label : labels.values()) {
            pixels.merge(Thing.values()[(int) label], 1, Integer::sum);
        }
        String caption = sample.texts().get(Sample.CAPTION);
        Matcher matcher = Pattern.compile("(an? .+?) with (.+)").matcher(caption);
        assertThat(matcher.matches()).as(caption).isTrue();
        assertThat(matcher.group(1)).endsWith(" " + sample.texts().get(Sample.SCENE));
        Map<Thing, Integer> named = new EnumMap<>(Thing.class);
        for (String words : matcher.group(2).split(", | and ")) {
            String[] parts = words.split(" ");
            int count = NUMBERS.indexOf(parts[0]);
            Thing thing = Thing.valueOf(
                    (count == 1 ? parts[1] : parts[1].replace("ves", "fs").replaceFirst("s$", ""))
                            .toUpperCase(Locale.ROOT));
            assertThat(named.put(thing, count)).isNull();
        }
        int least = (int) Math.ceil(0.002 * labels.values().length);
        named.forEach((thing, count) -> assertThat(pixels.getOrDefault(thing, 0))
                .as("%s in '%s'", thing, caption)
                .isGreaterThanOrEqualTo(count * least));
        pixels.forEach((thing, count) -> {
            // What is named by no word shows at most a few pixels, even if there are five of it.
            if (!List.of(Thing.WALL, Thing.FLOOR, Thing.CEILING).contains(thing) && !named.containsKey(thing)) {
                assertThat(count).as("%s in '%s'", thing, caption).isLessThan(5 * least);
            }
        });
    }

    @Test
    void captionsAreSentences() {
        assertThat(rooms(1, 0, 8, 8, 0).get(0).texts()).containsOnlyKeys(Sample.SCENE, Sample.CAPTION);
        Room empty = new Room("office", new Shell(4, 3, 6, null, null, null), List.of(), List.of(), 1, null);
        Raster one = Raster.labels(1, 1, new float[1]);
        assertThat(Caption.of(empty, new Renderer.Picture(null, one, one, new int[] {-1})))
                .isEqualTo("an empty part of an office");
        Piece shelf = Piece.of(Thing.SHELF).box(0, 0, 0, 1, 1, 1, null).done();
        Piece ball = Piece.of(Thing.BALL).ball(0, 0, 0, 1, null).done();
        Pose place = Pose.of(0, 0, 0);
        Room full = new Room(
                "kitchen",
                empty.shell(),
                List.of(
                        new Room.Furniture(ball, place),
                        new Room.Furniture(shelf, place),
                        new Room.Furniture(shelf, place)),
                List.of(),
                1,
                null);
        assertThat(Caption.of(full, new Renderer.Picture(null, one, one, new int[] {0, 1, 1, 2, -1})))
                .isEqualTo("a kitchen with two shelves and a ball");
    }

    @ParameterizedTest
    @EnumSource
    void everyClassIsSeenOften(Variety variety) {
        int count = 150;
        Dataset rooms = rooms(variety, count, 0, 64, 48, 0);
        int[] pictures = new int[Thing.values().length];
        long[] pixels = new long[Thing.values().length];
        for (int i = 0; i < count; i++) {
            int[] own = new int[pixels.length];
            for (float label : rooms.get(i).target(Sample.LABELS).values()) {
                own[(int) label]++;
            }
            for (int c = 0; c < own.length; c++) {
                pixels[c] += own[c];
                pictures[c] += own[c] >= Caption.VISIBLE * 64 * 48 ? 1 : 0;
            }
        }
        for (Thing thing : Thing.values()) {
            assertThat(pictures[thing.ordinal()]).as(thing.word()).isGreaterThan(count * 15 / 100);
            assertThat(pixels[thing.ordinal()] / (64.0 * 48 * count))
                    .as(thing.word())
                    .isBetween(0.003, 0.5);
        }
        assertThat(rooms.info().classNames())
                .hasSizeGreaterThanOrEqualTo(12)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+"));
    }

    /** The digest was recorded when there were no varieties of rooms and of captions. */
    @Test
    void plainRoomsStayWhatTheyWere() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long seed : new long[] {1, 2}) {
            RoomsConfig everything =
                    new RoomsConfig(40, 0, 40, 30, true, true, Captions.PLAIN, Optional.empty(), Variety.PLAIN);
            Dataset rooms = new Rooms(everything, () -> seed);
            for (int i = 0; i < rooms.size(); i++) {
                updateWithAll(digest, rooms.get(i));
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("e8d3216d0110b95cf3bf346c51533995c5e0a252b83fea0af3ddd3bab5920be2");
    }

    private static void updateWithAll(MessageDigest digest, Sample sample) {
        digest.update(sample.name().getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(sample.texts())
                .forEach((key, text) -> digest.update((key + "=" + text + "\n").getBytes(StandardCharsets.UTF_8)));
        digest.update(sample.image().pixels());
        new TreeMap<>(sample.targets()).forEach((key, target) -> {
            digest.update(key.getBytes(StandardCharsets.UTF_8));
            update(digest, target);
        });
    }

    private static void update(MessageDigest digest, Raster target) {
        for (float value : target.values()) {
            digest.update(Integer.toHexString(Float.floatToRawIntBits(value)).getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRoomDependsOnSeedAndNumberAlone(Variety variety) {
        Sample one = rooms(variety, 9, 0, 40, 30, 3).get(5);
        assertThat(digest(rooms(variety, 3, 4, 40, 30, 3).get(1))).isEqualTo(digest(one));
        assertThat(digest(rooms(variety, 9, 0, 40, 30, 4).get(5))).isNotEqualTo(digest(one));
        assertThat(digest(rooms(variety, 9, 0, 40, 30, 3).get(4))).isNotEqualTo(digest(one));
        assertThat(one.name()).isEqualTo("room_000005");
    }

    /** The interpreter computes as the Java language says; so must compiled code. */
    @Test
    void interpretedAndCompiledCodeRenderTheSame() throws Exception {
        Process interpreter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RoomsTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(interpreter.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(interpreter.waitFor()).as(printed).isZero();
        for (int i = 0; i < 20; i++) {
            // Enough for the compiler to have its say.
            digests();
        }
        assertThat(printed).isEqualTo(digests());
    }

    public static void main(String[] arguments) {
        System.out.println(digests());
    }

    private static String digests() {
        return Arrays.stream(Variety.values())
                .map(variety -> rooms(variety, 3, 0, 40, 30, 1))
                .flatMap(rooms -> IntStream.range(0, 3).mapToObj(i -> digest(rooms.get(i))))
                .toList()
                .toString();
    }

    private static String digest(Sample sample) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(sample.name().getBytes(StandardCharsets.UTF_8));
            digest.update(sample.texts().get(Sample.CAPTION).getBytes(StandardCharsets.UTF_8));
            digest.update(sample.image().pixels());
            for (String target : List.of(Sample.LABELS, Sample.DEPTH)) {
                update(digest, sample.target(target));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8x8", "200x16", "16x200"})
    void anySizeAndShape(String size) {
        String[] sides = size.split("x");
        Dataset rooms = rooms(4, 1_000_000_000, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), -1);
        Sample sample = rooms.get(3);
        assertThat(sample.image().width()).isEqualTo(Integer.parseInt(sides[0]));
        for (float depth : sample.target(Sample.DEPTH).values()) {
            assertThat(depth).isBetween(0.01f, (float) rooms.info().maxDepth());
        }
        assertThatThrownBy(() -> rooms.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
