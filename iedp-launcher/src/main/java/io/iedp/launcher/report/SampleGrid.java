package io.iedp.launcher.report;

import io.iedp.api.data.RgbImage;
import io.iedp.api.task.LegendEntry;
import io.iedp.launcher.engine.Session;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Samples below each other, as picture, truth and prediction, with the meaning of the colours. */
final class SampleGrid {
    private static final int CELL = 240;
    private static final int TALLEST = 2 * CELL;
    private static final int GAP = 8;
    private static final int TITLE = 28;
    private static final int ENTRY = 24;
    private static final int SWATCH = 16;
    private static final String[] COLUMNS = {"image", "truth", "prediction"};

    private SampleGrid() {}

    /** The picture. */
    static RgbImage draw(List<Session.Example> examples, List<LegendEntry> legend) {
        int width = COLUMNS.length * (CELL + GAP) + GAP;
        int samples =
                examples.stream().mapToInt(each -> height(each.image()) + GAP).sum();
        BufferedImage canvas = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D probe = graphics(canvas);
        int legendHeight = legend(probe, legend, width, 0, false) + GAP;
        probe.dispose();
        canvas = new BufferedImage(width, TITLE + samples + legendHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(canvas);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        graphics.setColor(Color.BLACK);
        for (int c = 0; c < COLUMNS.length; c++) {
            graphics.drawString(COLUMNS[c], GAP + c * (CELL + GAP), TITLE - 9);
        }
        int y = TITLE;
        for (Session.Example example : examples) {
            List<RgbImage> panels = List.of(example.image(), example.truth(), example.prediction());
            for (int c = 0; c < panels.size(); c++) {
                graphics.setRenderingHint(
                        RenderingHints.KEY_INTERPOLATION,
                        c == 0
                                ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                                : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
                graphics.drawImage(
                        buffered(panels.get(c)),
                        GAP + c * (CELL + GAP),
                        y,
                        width(example.image()),
                        height(example.image()),
                        null);
            }
            y += height(example.image()) + GAP;
        }
        legend(graphics, legend, width, y, true);
        graphics.dispose();
        return rgb(canvas);
    }

    private static int height(RgbImage image) {
        return Math.max(1, Math.min(TALLEST, CELL * image.height() / image.width()));
    }

    private static int width(RgbImage image) {
        return Math.max(1, Math.min(CELL, TALLEST * image.width() / image.height()));
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

    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(x, y, image.rgb(x, y));
            }
        }
        return buffered;
    }

    private static RgbImage rgb(BufferedImage image) {
        byte[] pixels = new byte[image.getWidth() * image.getHeight() * 3];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int color = image.getRGB(x, y);
                pixels[at++] = (byte) (color >> 16);
                pixels[at++] = (byte) (color >> 8);
                pixels[at++] = (byte) color;
            }
        }
        return new RgbImage(image.getWidth(), image.getHeight(), pixels);
    }
}
