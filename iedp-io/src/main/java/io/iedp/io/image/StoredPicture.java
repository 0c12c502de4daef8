package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A file whose headers were read and checked, before any pixel is decoded. */
sealed interface StoredPicture permits StoredJpeg, StoredPng, OtherPicture {
    int width();

    int height();

    /** The TIFF structure that holds the tags of EXIF. */
    Optional<ByteBuffer> exif();

    /** Bytes of the heap that the decoder takes besides the pixels it gives. */
    long decoderBytes();

    /**
     * The pixels as they are stored, without opacity, of 16 bits the upper 8.
     *
     * @throws UserException if they are damaged
     */
    RgbImage decode();
}
