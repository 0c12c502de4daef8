package io.iedp.io.image;

import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * The JDK's decoder, libjpeg, without its leniency.
 *
 * @param file where the bytes are from, for messages
 */
record JpegDecoder(String file) {
    /** Bytes behind the last pixel that some cameras and encoders leave, besides those libjpeg has taken ahead. */
    private static final int MOST_EXTRANEOUS = 8;

    private static final Pattern EXTRANEOUS_AT_END =
            Pattern.compile("Corrupt JPEG data: (\\d{1,9}) extraneous bytes before marker 0xd9");

    /**
     * @throws UserException if the pixels are damaged
     */
    RgbImage decode(byte[] jpeg) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try {
            reader.setInput(new ByteArrayImageInputStream(jpeg), true, true);
            reader.addIIOReadWarningListener((source, warning) -> checkWarning(warning));
            BufferedImage decoded = reader.read(0);
            return new RgbImage(decoded.getWidth(), decoded.getHeight(), PixelLayout.rgb(decoded));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith("Insufficient memory")) {
                throw new UserException("%s is too large for this machine's memory".formatted(file), e);
            }
            throw Refusal.damaged(file, e.getMessage(), e);
        } catch (UserException e) {
            throw e;
        } catch (RuntimeException e) {
            // The JDK's decoder trips over nonsense in many ways.
            throw Refusal.damaged(file, e.toString(), e);
        } finally {
            reader.dispose();
        }
    }

    /**
     * A few bytes behind the last pixel do no harm; anything else makes part of the picture grey or moves it. libjpeg
     * gives no second warning, so a harmless one must not stand before pixels.
     */
    private void checkWarning(String warning) {
        Matcher extraneous = EXTRANEOUS_AT_END.matcher(warning);
        if (!extraneous.matches() || Integer.parseInt(extraneous.group(1)) > MOST_EXTRANEOUS) {
            throw Refusal.damaged(file, warning);
        }
    }
}
