package io.iedp.io;

import com.sun.management.UnixOperatingSystemMXBean;
import io.iedp.api.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Gives a reader files that were changed at random: it may read them or refuse them with a {@link UserException}, and
 * nothing else. {@code -Diedp.fuzz=1000000} makes the inputs of each test more, {@code -Diedp.fuzz.seed=7} makes them
 * others. Input {@code i} of seed {@code s} is input 0 of seed {@code s + i}.
 */
public final class Fuzz {
    /** Far more than any small file takes, on the slowest of machines: what takes longer hangs. */
    private static final long SECONDS = 10;

    private static final int MOST_BYTES_ADDED = 64;

    /** What loading classes and other threads may open meanwhile. */
    private static final int FEW_FILES = 20;

    private Fuzz() {}

    /**
     * Runs a reader on changed files.
     *
     * @param name of the test, also of the file in {@code target/fuzz} that takes an input that does harm
     * @param inputsInTheBuild how many, unless {@code iedp.fuzz} says otherwise
     * @param seeds whole files, which are changed
     * @param reader may throw {@link UserException} only, within ten seconds
     * @throws AssertionError with the seed and the file of the first input that does harm
     */
    public static void run(String name, int inputsInTheBuild, List<byte[]> seeds, Consumer<byte[]> reader) {
        run(name, Long.getLong("iedp.fuzz", inputsInTheBuild), Long.getLong("iedp.fuzz.seed", 1), seeds, reader);
    }

    static void run(String name, long inputs, long seed, List<byte[]> seeds, Consumer<byte[]> reader) {
        long before = openFiles();
        AtomicReference<Input> present = new AtomicReference<>();
        FutureTask<Void> task = new FutureTask<>(
                () -> {
                    for (long i = 0; i < inputs; i++) {
                        Input input = Input.of(seed + i, seeds);
                        present.set(input);
                        read(input, name, reader);
                    }
                },
                null);
        Thread thread = new Thread(task, "fuzz " + name);
        thread.setDaemon(true);
        thread.start();
        watch(task, thread, present, name);
        long left = openFiles() - before;
        if (left > FEW_FILES) {
            throw new AssertionError("%s: %s inputs left %s files open".formatted(name, inputs, left));
        }
    }

    /** Those that the process has open; 0 on systems that do not tell. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    private static void watch(FutureTask<Void> task, Thread thread, AtomicReference<Input> present, String name) {
        Long before = null;
        while (true) {
            try {
                task.get(SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                Input now = present.get();
                if (now != null && Long.valueOf(now.seed).equals(before)) {
                    AssertionError error =
                            new AssertionError(now.report(name, "takes more than %s s".formatted(SECONDS)));
                    error.setStackTrace(thread.getStackTrace());
                    throw error;
                }
                before = now == null ? null : Long.valueOf(now.seed);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError error) {
                    throw error;
                }
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
    }

    private static void read(Input input, String name, Consumer<byte[]> reader) {
        try {
            reader.accept(input.bytes.clone());
        } catch (UserException e) {
            // as it should be
        } catch (Throwable e) {
            throw new AssertionError(input.report(name, "throws " + e), e);
        }
    }

    private record Input(long seed, byte[] bytes) {
        static Input of(long seed, List<byte[]> files) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = files.get(random.nextInt(files.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes = TextChanges.isText(bytes) && random.nextInt(4) > 0
                        ? TextChanges.changed(bytes, random)
                        : changed(bytes, files, random);
            }
            return new Input(seed, bytes);
        }

        String report(String name, String what) {
            try {
                Path folder = Files.createDirectories(Path.of("target", "fuzz"));
                Path file = Files.write(folder.resolve(name + "-" + seed), bytes);
                return "%s: the input of seed %s %s; it is in %s, or -Diedp.fuzz=1 -Diedp.fuzz.seed=%s"
                        .formatted(name, seed, what, file.toAbsolutePath(), seed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One change of a kind that disks, networks, broken programs and attackers make. */
    private static byte[] changed(byte[] bytes, List<byte[]> files, SplittableRandom random) {
        if (bytes.length == 0) {
            return random.nextBoolean() ? bytes : files.get(random.nextInt(files.size()));
        }
        int at = place(bytes, random);
        int length = 1 + random.nextInt(Math.min(bytes.length - at, MOST_BYTES_ADDED));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, at + length, new byte[0]);
            case 2 -> spliced(bytes, at, at, noise(random));
            case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 4 -> spliced(bytes, at, at + length, noise(random));
            case 5 -> {
                byte[] other = files.get(random.nextInt(files.size()));
                yield spliced(
                        bytes, at, bytes.length, Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
            }
            case 6 -> withNumber(bytes, at, random);
            default -> {
                byte[] flipped = bytes.clone();
                for (int bits = 1 + random.nextInt(3); bits > 0; bits--) {
                    flipped[place(bytes, random)] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    /** Near the beginning, where headers are, as often as anywhere. */
    private static int place(byte[] bytes, SplittableRandom random) {
        return random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 200));
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] noise = new byte[1 + random.nextInt(MOST_BYTES_ADDED)];
        if (random.nextBoolean()) {
            random.nextBytes(noise);
        } else {
            Arrays.fill(noise, (byte) random.nextInt(256));
        }
        return noise;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] spliced = new byte[from + between.length + bytes.length - to];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(bytes, to, spliced, from + between.length, bytes.length - to);
        return spliced;
    }

    /** A length or a count of one, two, four or eight bytes that is zero, small, the largest, or near a power of two. */
    private static byte[] withNumber(byte[] bytes, int at, SplittableRandom random) {
        long number = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(4);
            case 1 -> -1L - random.nextInt(4);
            case 2 -> (1L << random.nextInt(64)) + random.nextInt(3) - 1;
            default -> random.nextInt(65536);
        };
        byte[] written = bytes.clone();
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < width; i++) {
            written[at + i] = (byte) (number >>> 8 * (bigEndian ? width - 1 - i : i));
        }
        return written;
    }
}
