package io.iedp.nn.files;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.nn.TorchRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file, it is read or refused; nothing else. */
class DamagedFilesTest {
    private static final int CASES = 500;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny.ckpt", "tiny_legacy.ckpt", "bare_state_dict.pt", "expected.safetensors"})
    void areReadOrRefused(String name) {
        byte[] whole = TestFiles.bytes(name);
        Random random = new Random(name.hashCode());
        int refused = 0;
        try (NDManager manager = TorchRuntime.get().newManager(Device.cpu())) {
            for (int i = 0; i < CASES; i++) {
                Path file = TestFiles.write(folder.resolve(name), damage(whole, random));
                try (StoredSource source = WeightFiles.open(file);
                        NDManager own = manager.newSubManager()) {
                    source.names().forEach(each -> source.readAsStored(each, own));
                } catch (UserException e) {
                    assertThat(e.getMessage()).contains(name);
                    refused++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("Case %s of %s".formatted(i, name), e);
                }
            }
        }
        assertThat(refused).isPositive();
    }

    /** A file cut short, or with some of its bits or bytes changed. */
    private static byte[] damage(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = 0; i < 8; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            default -> {
                int begin = random.nextInt(bytes.length);
                Arrays.fill(bytes, begin, Math.min(bytes.length, begin + 8), (byte) random.nextInt());
            }
        }
        return bytes;
    }
}
