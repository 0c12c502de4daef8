package io.iedp.datasets.rooms;

import io.iedp.datasets.rooms.Material.Pattern;
import java.util.List;

/** Some colours, each a little different every time, on surfaces of a few kinds. */
record PlainPalette(Dice dice) implements Palette {
    private static final List<Integer> VIVID =
            List.of(0xb03a3a, 0x3a5fb0, 0x3f8f5a, 0xd2a63c, 0x7a4a9c, 0x4aa3a0, 0xc77b4a, 0x9c9c9c, 0xe0dccf, 0x33415c);
    private static final List<Integer> WOOD = List.of(0x9b6b3d, 0x6b4226, 0xc69c6d, 0x55392a);
    private static final List<Integer> PAINT = List.of(0xe7e2d4, 0xcdd8dd, 0xd8cfc4, 0xc8d5c0, 0xe5cfc8, 0xb9b6ae);

    @Override
    public Material floor() {
        return switch (dice.below(5)) {
            case 0 -> new Material(tint(0xc9a06b, 20), tint(0x8a6234, 20), Pattern.PLANKS, 0.14, 0);
            case 1 -> new Material(tint(0xd9d6cf, 12), tint(0x9c988f, 12), Pattern.CHECKER, 0.4, 0);
            case 2 -> new Material(tint(0x8d8a86, 25), tint(0x6f6c69, 20), Pattern.SPECKLES, 0.3, 0);
            case 3 -> new Material(tint(0x9a8f7f, 30), tint(0x7d7468, 25), Pattern.CLOUDS, 0.2, 0);
            default -> new Material(tint(0x7b4b2a, 20), tint(0x4e2d18, 15), Pattern.PLANKS, 0.1, 0);
        };
    }

    @Override
    public Material walls() {
        int paint = dice.oneOf(PAINT);
        return switch (dice.below(5)) {
            case 0 -> new Material(tint(0xb06a4f, 20), 0xcfc8bd, Pattern.BRICKS, 0.26, 0);
            case 1 -> new Material(tint(paint, 12), tint(paint, 30), Pattern.STRIPES, 0.18, 0);
            case 2 -> new Material(tint(paint, 12), tint(paint, 30), Pattern.CLOUDS, 0.5, 0);
            default -> Material.plain(tint(paint, 18));
        };
    }

    @Override
    public Material wood() {
        int wood = dice.oneOf(WOOD);
        return new Material(tint(wood, 18), tint(wood, 40), Pattern.PLANKS, 0.07, 0);
    }

    @Override
    public Material fabric() {
        Pattern pattern = dice.chance(0.6) ? Pattern.PLAIN : dice.chance(0.5) ? Pattern.STRIPES : Pattern.CHECKER;
        return new Material(vivid(), vivid(), pattern, dice.between(0.06, 0.2), 0);
    }

    @Override
    public Material patterned(int patterns, double scale) {
        return new Material(vivid(), vivid(), Pattern.values()[dice.below(patterns)], scale, 0);
    }

    @Override
    public int vivid() {
        return tint(dice.oneOf(VIVID), 25);
    }
}
