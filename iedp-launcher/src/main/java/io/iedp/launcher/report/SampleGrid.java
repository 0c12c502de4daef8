package io.iedp.launcher.report;

import io.iedp.api.data.RgbImage;
import io.iedp.api.task.LegendEntry;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Samples below each other, each as a few pictures side by side, with the meaning of the colours. */
public final class SampleGrid {
    private static final int CELL = 240;
    private static final int TALLEST = 2 * CELL;
    private static final int GAP = 8;
    private static final int TITLE = 28;
    private static final int CAPTION = 20;
    private static final int ENTRY = 24;
    private static final int SWATCH = 16;

    private SampleGrid() {}

    /**
     * A sample.
     *
     * @param panels of which the first is a photograph, which gives all of them their shape
     * @param caption stands below; may be empty
     */
    public record Row(List<RgbImage> panels, String caption) {
        public Row {
            panels = List.copyOf(panels);
        }

        private int width() {
            RgbImage image = panels.get(0);
            return Math.max(1, Math.min(CELL, TALLEST * image.width() / image.height()));
        }

        private int height() {
            RgbImage image = panels.get(0);
            return Math.max(1, Math.min(TALLEST, CELL * image.height() / image.width()));
        }

        private int below() {
            return GAP + (caption.isEmpty() ? 0 : CAPTION);
        }
    }

    /**
     * The picture.
     *
     * @param columns a title for each panel
     */
    public static RgbImage draw(List<String> columns, List<Row> rows, List<LegendEntry> legend) {
        int width = columns.size() * (CELL + GAP) + GAP;
        int samples = rows.stream().mapToInt(row -> row.height() + row.below()).sum();
        BufferedImage canvas = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D probe = graphics(canvas);
        int legendHeight = legend(probe, legend, width, 0, false) + GAP;
        probe.dispose();
        canvas = new BufferedImage(width, TITLE + samples + legendHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(canvas);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        graphics.setColor(Color.BLACK);
        for (int c = 0; c < columns.size(); c++) {
            graphics.drawString(columns.get(c), GAP + c * (CELL + GAP), TITLE - 9);
        }
        int y = TITLE;
        for (Row row : rows) {
            for (int c = 0; c < row.panels.size(); c++) {
                graphics.setRenderingHint(
                        RenderingHints.KEY_INTERPOLATION,
                        c == 0
                                ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                                : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
                graphics.drawImage(
                        shrunk(row.panels.get(c), row.width(), row.height()).toBufferedImage(),
                        GAP + c * (CELL + GAP),
                        y,
                        row.width(),
                        row.height(),
                        null);
            }
            graphics.drawString(
                    fitting(row.caption, graphics.getFontMetrics(), width - 2 * GAP), GAP, y + row.height() + 15);
            y += row.height() + row.below();
        }
        legend(graphics, legend, width, y, true);
        graphics.dispose();
        return RgbImage.of(canvas);
    }

    /** As much of a text as there is room for. */
    private static String fitting(String text, FontMetrics font, int width) {
        String part = text;
        while (font.stringWidth(part) > width) {
            part = part.substring(0, part.length() - 2) + "…";
        }
        return part;
    }

    private static Graphics2D graphics(BufferedImage canvas) {
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        return graphics;
    }

    /** Lays the entries out in lines; returns the height that they take. */
    private static int legend(Graphics2D graphics, List<LegendEntry> legend, int width, int top, boolean draw) {
        FontMetrics font = graphics.getFontMetrics();
        int x = GAP;
        int y = top;
        for (LegendEntry entry : legend) {
            int needed = SWATCH + 6 + font.stringWidth(entry.name()) + 14;
            if (x + needed > width && x > GAP) {
                x = GAP;
                y += ENTRY;
            }
            if (draw) {
                graphics.setColor(new Color(entry.color()));
                graphics.fillRect(x, y, SWATCH, SWATCH);
                graphics.setColor(Color.GRAY);
                graphics.drawRect(x, y, SWATCH, SWATCH);
                graphics.setColor(Color.BLACK);
                graphics.drawString(entry.name(), x + SWATCH + 6, y + SWATCH - 3);
            }
            x += needed;
        }
        return y + ENTRY - top;
    }

    /** A larger picture with the mean colour of what each pixel covers, so that lines one pixel wide are not lost. */
    static RgbImage shrunk(RgbImage image, int width, int height) {
        if (image.width() <= width || image.height() <= height) {
            return image;
        }
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            int top = (int) ((long) y * image.height() / height);
            int bottom = (int) ((long) (y + 1) * image.height() / height);
            for (int x = 0; x < width; x++) {
                int left = (int) ((long) x * image.width() / width);
                int right = (int) ((long) (x + 1) * image.width() / width);
                for (int c = 0; c < 3; c++) {
                    pixels[(y * width + x) * 3 + c] = (byte) mean(image, left, right, top, bottom, c);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }

    private static long mean(RgbImage image, int left, int right, int top, int bottom, int channel) {
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += image.pixels()[(y * image.width() + x) * 3 + channel] & 0xff;
            }
        }
        long count = (long) (right - left) * (bottom - top);
        return (sum + count / 2) / count;
    }
}
