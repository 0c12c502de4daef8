package io.iedp.hub;

import io.iedp.io.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes by which a hub knows its files: SHA-256 of large ones, and what git has of small ones. */
final class ContentHash {
    private static final int SHA256_DIGITS = 64;
    private static final int BUFFER = 1 << 20;

    private ContentHash() {}

    /**
     * The hash of a file, of the kind of another one.
     *
     * @param like 64 or 40 hexadecimal digits
     */
    static String of(Path file, String like) throws IOException {
        MessageDigest digest = like.length() == SHA256_DIGITS ? Sha256.digest() : gitBlob(Files.size(file));
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Git names a file by SHA-1, of a header with its size and of its bytes. */
    private static MessageDigest gitBlob(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
