package io.iedp.io.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What the headers of a file say, checked before any pixel is decoded. */
sealed interface StoredPicture permits StoredJpeg, StoredPng {
    int width();

    int height();

    /** Samples that the decoder gives. */
    long samples();

    /** Bytes of these samples, as the decoder lays them out. */
    long sampleBytes();

    /** Bytes that the decoder takes besides, outside the heap. */
    long decoderBytes();

    /** The TIFF structure that holds the tags of EXIF. */
    Optional<ByteBuffer> exif();

    /** The same pixels in a file without anything that does not bear on them. */
    byte[] plain();

    /** The name by which the JDK knows the format. */
    String format();
}
