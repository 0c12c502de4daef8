package io.iedp.tasks;

import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.task.LegendEntry;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Depth in colours, the same for all pictures: near is yellow, the largest depth dark blue; pixels without depth are
 * black.
 *
 * @param maxDepth in metres
 * @param opacity of the colours in an overlay
 */
record DepthPictures(double maxDepth, double opacity) {
    private static final int BAR = 10;
    private static final int TICK = 3;
    private static final int FONT = 11;
    private static final int STRIP = BAR + TICK + FONT + 4;
    private static final int TICK_SPACE = 44;

    RgbImage draw(Raster depth) {
        byte[] pixels = new byte[depth.values().length * 3];
        for (int i = 0; i < depth.values().length; i++) {
            if (depth.values()[i] > 0) {
                Pixels.blend(pixels, i, color(depth.values()[i]), 1);
            }
        }
        return new RgbImage(depth.width(), depth.height(), pixels);
    }

    /** The picture in colours, with a strip below it that says which depths they are. */
    RgbImage overlay(RgbImage image, Raster depth) {
        Pixels.requireSize(image, "depth is", depth);
        byte[] strip = strip(image.width());
        byte[] pixels = new byte[image.pixels().length + strip.length];
        System.arraycopy(image.pixels(), 0, pixels, 0, image.pixels().length);
        for (int i = 0; i < depth.values().length; i++) {
            int color = depth.values()[i] > 0 ? color(depth.values()[i]) : 0;
            Pixels.blend(pixels, i, color, opacity);
        }
        System.arraycopy(strip, 0, pixels, image.pixels().length, strip.length);
        return new RgbImage(image.width(), image.height() + STRIP, pixels);
    }

    /** The depths at the ticks of a short scale. */
    List<LegendEntry> legend() {
        return ticks(5).stream()
                .map(metres -> new LegendEntry(label(metres) + " m", color(metres)))
                .toList();
    }

    /** Round depths from 0 on, at most so many steps of 1, 2 or 5 times a power of ten. */
    List<Double> ticks(int most) {
        int power = (int) Math.floor(Math.log10(maxDepth / most));
        BigDecimal step = IntStream.of(1, 2, 5, 10)
                .mapToObj(factor -> BigDecimal.valueOf(factor).scaleByPowerOfTen(power))
                .filter(each -> maxDepth / each.doubleValue() <= most)
                .findFirst()
                .orElseThrow();
        return Stream.iterate(BigDecimal.ZERO, step::add)
                .map(BigDecimal::doubleValue)
                .takeWhile(tick -> tick <= maxDepth)
                .toList();
    }

    private static String label(double metres) {
        return BigDecimal.valueOf(metres).stripTrailingZeros().toPlainString();
    }

    private int color(double metres) {
        return ColorMap.color(1 - metres / maxDepth);
    }

    private byte[] strip(int width) {
        BufferedImage image = new BufferedImage(width, STRIP, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < BAR; y++) {
                image.setRGB(x, y, color(maxDepth * x / Math.max(1, width - 1)));
            }
        }
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
        graphics.setColor(Color.WHITE);
        List<Double> ticks = ticks(Math.max(1, width / TICK_SPACE));
        for (double metres : ticks) {
            int x = (int) Math.round(metres / maxDepth * (width - 1));
            graphics.fillRect(x, BAR, 1, TICK);
            String text = label(metres) + (metres == ticks.get(ticks.size() - 1) ? " m" : "");
            int wide = graphics.getFontMetrics().stringWidth(text);
            graphics.drawString(text, Math.max(0, Math.min(width - wide, x - wide / 2)), STRIP - 3);
        }
        graphics.dispose();
        byte[] pixels = new byte[width * STRIP * 3];
        for (int i = 0; i < width * STRIP; i++) {
            Pixels.blend(pixels, i, image.getRGB(i % width, i / width), 1);
        }
        return pixels;
    }
}
