package io.iedp.datasets.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A drum of height 2 around (0, 1, 5), of radius 2 below and 1 above. */
class DrumTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final Drum CONE = new Drum(0, 1, 5, 1, 2, 1, Material.plain(0));

    /** At y = 0.5 the radius is 1.75. */
    @Test
    void aLevelRayMeetsTheSide() {
        Ray ray = new Ray(0, 0.5, 0, 0, 0, 1);
        assertThat(CONE.distance(ray)).isEqualTo(5 - 1.75, ROUNDING);
        // One down makes the radius grow by a half: the normal is (0, 1, -2) / √5.
        Solid.Surface surface = CONE.surface(ray, 5 - 1.75);
        assertThat(surface.nx()).isEqualTo(0, ROUNDING);
        assertThat(surface.ny()).isEqualTo(1 / Math.sqrt(5), ROUNDING);
        assertThat(surface.nz()).isEqualTo(-2 / Math.sqrt(5), ROUNDING);
    }

    @Test
    void raysFromAboveAndBelowMeetTheEnds() {
        Ray down = new Ray(0.9, 7, 5, 0, -1, 0);
        assertThat(CONE.distance(down)).isEqualTo(5, ROUNDING);
        assertThat(CONE.surface(down, 5).ny()).isEqualTo(1);
        Ray up = new Ray(0, -3, 3.1, 0, 1, 0);
        assertThat(CONE.distance(up)).isEqualTo(3, ROUNDING);
        assertThat(CONE.surface(up, 3).ny()).isEqualTo(-1);
        // 1.5 from the axis, the side is at y = 1.
        assertThat(CONE.distance(new Ray(1.5, 7, 5, 0, -1, 0))).isEqualTo(6, ROUNDING);
    }

    /**
     * The near side is at z = 3 + y / 2. Rays along it, 0.1 before and behind, miss the drum and meet its upper end; one
     * from beyond meets the far side, z = 7 - y / 2, at y = 1.
     */
    @Test
    void raysAlongTheSlope() {
        assertThat(CONE.distance(new Ray(0, 3, 4.4, 0, -1, -0.5))).isEqualTo(Ray.NOWHERE);
        assertThat(CONE.distance(new Ray(0, 3, 4.6, 0, -1, -0.5))).isEqualTo(1, ROUNDING);
        assertThat(CONE.distance(new Ray(0, 3, 7.5, 0, -1, -0.5))).isEqualTo(2, ROUNDING);
    }

    @Test
    void fromWithinARayLeaves() {
        assertThat(CONE.distance(new Ray(0, 1, 5, 1, 0, 0))).isEqualTo(1.5, ROUNDING);
        assertThat(CONE.distance(new Ray(0, 1, 5, 0, 1, 0))).isEqualTo(1, ROUNDING);
    }

    @Test
    void raysThatMiss() {
        assertThat(CONE.distance(new Ray(0, 2.1, 0, 0, 0, 1))).isEqualTo(Ray.NOWHERE);
        assertThat(CONE.distance(new Ray(2.1, 0.5, 0, 0, 0, 1))).isEqualTo(Ray.NOWHERE);
        assertThat(CONE.distance(new Ray(0, 0.5, 9, 0, 0, 1))).isEqualTo(Ray.NOWHERE);
    }

    @Test
    void boundsHoldTheWiderEnd() {
        assertThat(CONE.bounds()).isEqualTo(new Bounds(-2, 0, 3, 2, 2, 7));
    }
}
