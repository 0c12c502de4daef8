package io.iedp.pretraining;

import io.iedp.api.data.RgbImage;
import java.util.Arrays;
import java.util.List;

/** Pictures of one size side by side in one picture, row by row, as many rows as columns, or one fewer. */
final class ContactSheet {
    /** White pixels between pictures. */
    private static final int GAP = 4;

    private static final byte WHITE = (byte) 0xff;

    private ContactSheet() {}

    /**
     * @param pictures at least one, all of one size
     */
    static RgbImage of(List<RgbImage> pictures) {
        int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
        int rows = (pictures.size() + columns - 1) / columns;
        int cellWidth = pictures.get(0).width() + GAP;
        int cellHeight = pictures.get(0).height() + GAP;
        int width = columns * cellWidth - GAP;
        int height = rows * cellHeight - GAP;
        byte[] sheet = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        Arrays.fill(sheet, WHITE);
        for (int i = 0; i < pictures.size(); i++) {
            RgbImage picture = pictures.get(i);
            int row = 3 * picture.width();
            for (int y = 0; y < picture.height(); y++) {
                int to = 3 * ((i / columns * cellHeight + y) * width + i % columns * cellWidth);
                System.arraycopy(picture.pixels(), y * row, sheet, to, row);
            }
        }
        return new RgbImage(width, height, sheet);
    }
}
