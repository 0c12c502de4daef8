package io.iedp.datasets.rooms;

import io.iedp.datasets.rooms.Material.Pattern;
import java.util.List;

/** Colours of any hue on surfaces of many kinds. */
record RichPalette(Dice dice) implements Palette {
    private static final List<Integer> WOOD =
            List.of(0x9b6b3d, 0x6b4226, 0xc69c6d, 0x55392a, 0xe0c49a, 0x8a4b2f, 0x3a2c26, 0xb9a58c, 0xe9e4da);
    private static final List<Pattern> CLOTH =
            List.of(Pattern.STRIPES, Pattern.CHECKER, Pattern.DOTS, Pattern.ZIGZAG, Pattern.SPECKLES, Pattern.CLOUDS);

    @Override
    public Material floor() {
        double scale = dice.between(0.7, 1.5);
        int paint = pale(0.35, 0.4, 0.85);
        return switch (dice.below(7)) {
            case 0 -> new Material(tint(paint, 8), tint(paint, 40), Pattern.CHECKER, 0.4 * scale, 0);
            case 1 -> new Material(tint(paint, 8), tint(paint, 35), Pattern.SPECKLES, 0.3 * scale, 0);
            case 2 -> new Material(tint(paint, 8), tint(paint, 35), Pattern.CLOUDS, 0.25 * scale, 0);
            case 3 -> new Material(tint(paint, 8), tint(0x9c988f, 50), Pattern.TILES, 0.4 * scale, 0);
            default -> planks(0.13 * scale);
        };
    }

    @Override
    public Material walls() {
        double scale = dice.between(0.7, 1.6);
        int paint = dice.chance(0.75) ? pale(0.22, 0.65, 0.97) : pale(0.5, 0.3, 0.75);
        return switch (dice.below(10)) {
            case 0 -> new Material(tint(0xb06a4f, 35), tint(0xcfc8bd, 20), Pattern.BRICKS, 0.26 * scale, 0);
            case 1 -> new Material(tint(paint, 10), tint(paint, 45), Pattern.STRIPES, 0.18 * scale, 0);
            case 2 -> new Material(tint(paint, 10), tint(paint, 40), Pattern.CLOUDS, 0.5 * scale, 0);
            case 3 -> new Material(tint(paint, 10), tint(paint, 45), Pattern.DOTS, 0.2 * scale, 0);
            case 4 -> new Material(tint(paint, 10), tint(paint, 30), Pattern.TILES, 0.25 * scale, 0);
            case 5 -> planks(0.15 * scale);
            default -> Material.plain(paint);
        };
    }

    @Override
    public Material ceiling() {
        return Material.plain(pale(0.08, 0.8, 0.98));
    }

    private Material planks(double scale) {
        int wood = dice.oneOf(WOOD);
        return new Material(tint(wood, 22), tint(wood, 45), Pattern.PLANKS, scale, 0);
    }

    @Override
    public Material wood() {
        return dice.chance(0.7) ? planks(dice.between(0.05, 0.1)) : Material.plain(tint(dice.oneOf(WOOD), 30));
    }

    @Override
    public Material fabric() {
        return dice.chance(0.6)
                ? Material.plain(vivid())
                : new Material(vivid(), vivid(), dice.oneOf(CLOTH), dice.between(0.06, 0.25), 0);
    }

    @Override
    public Material patterned(int patterns, double scale) {
        return new Material(vivid(), vivid(), dice.oneOf(CLOTH), scale * dice.between(0.7, 1.4), 0);
    }

    /** Any hue; now and then a grey, black or white. */
    @Override
    public int vivid() {
        double saturation = dice.chance(0.2) ? dice.between(0, 0.1) : dice.between(0.35, 0.9);
        return color(dice.between(0, 6), saturation, dice.between(0.2, 0.95));
    }

    /** Lacquer or metal. */
    Material lacquer() {
        return Material.plain(dice.chance(0.5) ? vivid() : pale(0.1, 0.15, 0.95));
    }

    private int pale(double mostSaturation, double leastValue, double mostValue) {
        return color(dice.between(0, 6), dice.between(0, mostSaturation), dice.between(leastValue, mostValue));
    }

    /**
     * From hue, saturation and value.
     *
     * @param hue 0 to 6: red at 0, green at 2, blue at 4
     */
    static int color(double hue, double saturation, double value) {
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
            double turned = (hue + 6 - 2 * channel) % 6;
            double away = Math.min(turned, 6 - turned);
            double part = Math.max(0, Math.min(1, 2 - away));
            color = color << 8 | (int) Math.round(255 * value * (1 - saturation * (1 - part)));
        }
        return color;
    }
}
