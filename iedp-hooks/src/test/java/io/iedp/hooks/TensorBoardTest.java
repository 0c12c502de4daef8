package io.iedp.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.iedp.api.data.RgbImage;
import io.iedp.api.hook.Example;
import io.iedp.api.hook.StepReport;
import io.iedp.api.task.Goal;
import io.iedp.testkit.HookContract;
import io.iedp.testkit.HookRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decodes with Google's own library and a checksum that is computed bit by bit. */
class TensorBoardTest {
    @TempDir
    private Path folder;

    /** RFC 3720, B.4: 32 bytes of zeros, of ones, rising, falling; and the catalogue's check value of "123456789". */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, 8a9136aa",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 62a8ab43",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 46dd794e",
        "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100, 113fdb5c",
        "313233343536373839, e3069283"
    })
    void checksumsAreThoseOfTheStandard(String data, String expected) {
        byte[] bytes = HexFormat.of().parseHex(data);
        int crc = (int) Long.parseLong(expected, 16);

        assertThat(crc32c(bytes)).isEqualTo(crc);
        assertThat(EventFile.masked(bytes)).isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
    }

    /** One bit at a time, with the reversed polynomial of Castagnoli. */
    private static int crc32c(byte[] data) {
        int crc = ~0;
        for (byte each : data) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
            }
        }
        return ~crc;
    }

    @Test
    void theFileHoldsCurvesPicturesAndTexts() throws IOException {
        RgbImage image = new RgbImage(2, 1, new byte[] {(byte) 255, 0, 0, 0, 0, (byte) 200});
        try (TensorBoard hook = hook()) {
            hook.started(0);
            hook.afterStep(step(1, 0.5));
            hook.afterStep(step(2, 0.25));
            hook.afterStep(step(5, 0.125));
            hook.evaluated(HookRun.evaluation(5, 0.75, new Example("room", image, image, image)));
        }

        List<UnknownFieldSet> events = events();
        assertThat(text(events.get(0), 3)).isEqualTo("brain.Event:2");
        assertThat(scalars(events, "loss/total")).isEqualTo(Map.of(1L, 0.5f, 5L, 0.125f));
        assertThat(scalars(events, "loss/implicit")).isEqualTo(Map.of(1L, 0.5f, 5L, 0.125f));
        assertThat(scalars(events, "learning-rate")).isEqualTo(Map.of(1L, 1e-3f, 5L, 1e-3f));
        assertThat(scalars(events, "metric/score")).isEqualTo(Map.of(5L, 0.75f));

        UnknownFieldSet picture = message(value(events, "samples/room/prediction"), 4);
        assertThat(number(picture, 1)).isEqualTo(1);
        assertThat(number(picture, 2)).isEqualTo(2);
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(
                picture.getField(4).getLengthDelimitedList().get(0).toByteArray()));
        assertThat(decoded.getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(decoded.getRGB(1, 0)).isEqualTo(0xff0000c8);

        UnknownFieldSet experiment = value(events, "experiment");
        assertThat(text(message(message(experiment, 9), 1), 1)).isEqualTo("text");
        assertThat(number(message(experiment, 8), 1)).isEqualTo(7);
        assertThat(text(message(experiment, 8), 8)).contains("name: test");
    }

    @Test
    void aRunThatGoesOnTakesBackLaterSteps() throws IOException {
        try (TensorBoard hook = hook()) {
            hook.started(5);
        }

        UnknownFieldSet start = events().get(1);
        assertThat(number(start, 2)).isEqualTo(6);
        assertThat(number(message(start, 7), 1)).isEqualTo(1);
    }

    /** The folder is away for a moment, as a full disk is full for one. */
    @Test
    void whatCouldNotBeWrittenForAMomentIsOnlyThatMoment() throws IOException {
        Path tensorboard = folder.resolve("tensorboard");
        HookRun context = new HookRun(folder, new Goal("score", true));
        try (TensorBoard hook = new TensorBoard(new TensorBoardConfig(1, 1), context)) {
            hook.started(0);
            hook.afterStep(step(1, 0.5));
            hook.close();
            Files.move(tensorboard, folder.resolve("first"));
            Files.writeString(tensorboard, "in the way");
            hook.afterStep(step(2, 0.25));
            hook.afterStep(step(3, 0.25));
            Files.delete(tensorboard);
            hook.afterStep(step(4, 0.125));
        }

        assertThat(scalars(events(), "loss/total")).isEqualTo(Map.of(4L, 0.125f));
        assertThat(context.said())
                .singleElement()
                .asString()
                .startsWith("The event file cannot be written: ")
                .endsWith("; training goes on, and each event is tried anew");
    }

    private TensorBoard hook() {
        return new TensorBoard(new TensorBoardConfig(5, 1), new HookRun(folder, new Goal("score", true)));
    }

    private static StepReport step(int step, double loss) {
        return new StepReport(step, 10, loss, Map.of("implicit", loss), 1e-3, 1, 2, 0, 0, 100);
    }

    /** Reads all records of the only file and checks both checksums of each. */
    private List<UnknownFieldSet> events() throws IOException {
        return events(folder);
    }

    private static List<UnknownFieldSet> events(Path run) throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(run.resolve("tensorboard"))) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<UnknownFieldSet> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(unmask(bytes.getInt())).isEqualTo(crc32c(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(data);
            assertThat(unmask(bytes.getInt())).isEqualTo(crc32c(data));
            events.add(UnknownFieldSet.parseFrom(data));
        }
        return events;
    }

    private static int unmask(int masked) {
        int rotated = masked - 0xa282ead8;
        return rotated >>> 17 | rotated << 15;
    }

    private static Map<Long, Float> scalars(List<UnknownFieldSet> events, String tag) throws IOException {
        Map<Long, Float> scalars = new LinkedHashMap<>();
        for (UnknownFieldSet event : events) {
            for (UnknownFieldSet value : values(event)) {
                if (text(value, 1).equals(tag)) {
                    scalars.put(
                            number(event, 2),
                            Float.intBitsToFloat(
                                    value.getField(2).getFixed32List().get(0)));
                }
            }
        }
        return scalars;
    }

    private static UnknownFieldSet value(List<UnknownFieldSet> events, String tag) throws IOException {
        for (UnknownFieldSet event : events) {
            for (UnknownFieldSet value : values(event)) {
                if (text(value, 1).equals(tag)) {
                    return value;
                }
            }
        }
        throw new AssertionError("nothing is called " + tag);
    }

    private static List<UnknownFieldSet> values(UnknownFieldSet event) throws IOException {
        List<UnknownFieldSet> values = new ArrayList<>();
        for (ByteString summary : event.getField(5).getLengthDelimitedList()) {
            for (ByteString value :
                    UnknownFieldSet.parseFrom(summary).getField(1).getLengthDelimitedList()) {
                values.add(UnknownFieldSet.parseFrom(value));
            }
        }
        return values;
    }

    private static UnknownFieldSet message(UnknownFieldSet message, int field) throws IOException {
        return UnknownFieldSet.parseFrom(
                message.getField(field).getLengthDelimitedList().get(0));
    }

    private static long number(UnknownFieldSet message, int field) {
        return message.getField(field).getVarintList().get(0);
    }

    private static String text(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }

    @Nested
    class Contract extends HookContract<TensorBoardConfig> {
        @Override
        protected TensorBoardFactory factory() {
            return new TensorBoardFactory();
        }

        @Override
        protected TensorBoardConfig configuration() {
            return new TensorBoardConfig(2, 1);
        }

        /** All events, without the time of each. */
        @Override
        protected List<UnknownFieldSet> left(Path run) throws IOException {
            return events(run).stream()
                    .map(event -> event.toBuilder().clearField(1).build())
                    .toList();
        }
    }
}
