package io.iedp.nn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Wraps TorchScript source in the archive format that libtorch loads: a zip of stored entries with the
 * source of one class and a pickled instance of it. No Python is involved.
 */
final class KernelArchive {
    private static final String SOURCE = "kernels.py";

    /** The instance: {@code Kernels()} with {@code training = False} and {@code blas}, as pickle protocol 2. */
    private static final String INSTANCE =
            "\u0080\u0002c__torch__\nKernels\n)\u0081}(X\u0008\0\0\0training\u0089X\u0004\0\0\0blas%cub.";

    private static final char TRUE = '\u0088';
    private static final char FALSE = '\u0089';

    /** An empty tuple, as pickle protocol 2. */
    private static final String CONSTANTS = "\u0080\u0002).";

    private KernelArchive() {}

    /**
     * @param blas whether the BLAS library has the fastest products of 32-bit floats that record gradients
     */
    static byte[] create(boolean blas) {
        String code = """
                class Kernels(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  blas : bool
                """ + source().replaceAll("(?m)^#.*\n", "").replaceAll("(?m)^\n", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            String instance = INSTANCE.formatted(blas ? TRUE : FALSE);
            store(zip, "kernels/data.pkl", instance.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "kernels/constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "kernels/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "kernels/version", "3\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String source() {
        try (InputStream in = KernelArchive.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
