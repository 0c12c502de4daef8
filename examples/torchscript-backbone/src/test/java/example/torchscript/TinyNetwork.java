package example.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a small TorchScript file, as {@code torch.jit.save} does: an archive of stored entries with the source of a class
 * and a pickled instance of it. Its weights are waves, so that the file holds none.
 */
final class TinyNetwork {
    /** Two levels of 8 and 16 channels, of strides 4 and 8, from guidance of width 16. */
    private static final String SOURCE =
            """
            class Tiny(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def wave(self: __torch__.Tiny, count: int, step: float) -> Tensor:
                return torch.mul(torch.sin(torch.mul(torch.arange(count, dtype=6, layout=None, device=None, pin_memory=False), step)), 0.3)
              def forward(self: __torch__.Tiny, pixels: Tensor, context: Tensor) -> Tuple[Tensor, Tensor]:
                stem = torch.reshape((self).wave(384, 0.7, ), [8, 3, 4, 4])
                down = torch.reshape((self).wave(512, 1.1, ), [16, 8, 2, 2])
                mix = torch.reshape((self).wave(128, 1.3, ), [8, 16])
                mean = torch.mean(context, [1], False, dtype=None)
                shift = torch.reshape(torch.linear(mean, mix), [-1, 8, 1, 1])
                fine = torch.silu(torch.add(torch.conv2d(pixels, stem, None, [4, 4]), shift))
                coarse = torch.conv2d(fine, down, None, [2, 2])
                return (fine, coarse)
            """;

    /** {@code Tiny()} with {@code training = False}, and an empty tuple, as pickle protocol 2. */
    private static final String INSTANCE = "\u0080\u0002c__torch__\nTiny\n)\u0081}(X\u0008\0\0\0training\u0089ub.";

    private static final String CONSTANTS = "\u0080\u0002).";

    private TinyNetwork() {}

    static Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            store(zip, "tiny/data.pkl", INSTANCE.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "tiny/constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "tiny/code/__torch__.py", SOURCE.getBytes(StandardCharsets.UTF_8));
            store(zip, "tiny/version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
