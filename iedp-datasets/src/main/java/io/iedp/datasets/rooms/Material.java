package io.iedp.datasets.rooms;

/**
 * How a surface looks.
 *
 * @param base main colour, as {@code 0xRRGGBB}
 * @param accent the pattern's other colour
 * @param scale size of the pattern, in metres
 * @param glow from 0, lit by the lamps alone, to 1, bright by itself
 */
record Material(int base, int accent, Pattern pattern, double scale, double glow) {
    enum Pattern {
        PLAIN,
        CHECKER,
        STRIPES,
        BRICKS,
        PLANKS,
        SPECKLES,
        CLOUDS,
        DOTS,
        TILES,
        ZIGZAG
    }

    static Material plain(int color) {
        return new Material(color, color, Pattern.PLAIN, 1, 0);
    }

    static Material glowing(int color, double glow) {
        return new Material(color, color, Pattern.PLAIN, 1, glow);
    }

    /** How much of the accent a point shows, 0 to 1; u and v in metres. */
    double accentAt(double u, double v) {
        double a = u / scale;
        double b = v / scale;
        return switch (pattern) {
            case PLAIN -> 0;
            case CHECKER -> (floor(a) + floor(b) & 1) == 0 ? 0 : 1;
            case STRIPES -> (floor(a) & 1) == 0 ? 0 : 1;
            case BRICKS -> {
                long row = floor(b * 2);
                double along = a + (row & 1) * 0.5;
                yield along - floor(along) < 0.06 || b * 2 - row < 0.12 ? 1 : 0.25 * noise(floor(along), row);
            }
            case PLANKS -> {
                long plank = floor(a);
                yield a - plank < 0.05 ? 1 : 0.6 * noise(plank, floor(b * 0.25 + noise(plank, 7)));
            }
            case SPECKLES -> noise(floor(a * 8), floor(b * 8));
            case CLOUDS -> 0.7 * smooth(a, b) + 0.3 * smooth(3 * a, 3 * b);
            case DOTS -> square(a - floor(a) - 0.5) + square(b - floor(b) - 0.5) < 0.1 ? 1 : 0;
            case TILES -> a - floor(a) < 0.06 || b - floor(b) < 0.06 ? 1 : 0.2 * noise(floor(a), floor(b));
            case ZIGZAG -> (floor(a + Math.abs(b - floor(b) - 0.5)) & 1) == 0 ? 0 : 1;
        };
    }

    private static double square(double value) {
        return value * value;
    }

    private static long floor(double value) {
        return (long) Math.floor(value);
    }

    /** Noise blended between whole numbers. */
    private static double smooth(double a, double b) {
        long x = floor(a);
        long y = floor(b);
        double u = a - x;
        double v = b - y;
        u = u * u * (3 - 2 * u);
        v = v * v * (3 - 2 * v);
        double low = noise(x, y) + u * (noise(x + 1, y) - noise(x, y));
        double high = noise(x, y + 1) + u * (noise(x + 1, y + 1) - noise(x, y + 1));
        return low + v * (high - low);
    }

    /** A fixed value from 0 to 1 for each pair of whole numbers. */
    static double noise(long x, long y) {
        long hash = x * 0x9E3779B97F4A7C15L ^ y * 0xC2B2AE3D27D4EB4FL;
        hash = (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
        return (hash >>> 40) / (double) (1 << 24);
    }
}
