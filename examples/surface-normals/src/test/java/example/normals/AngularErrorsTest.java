package example.normals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.data.Raster;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AngularErrorsTest {
    /** Four pixels that face the camera, the last without a truth; predictions are 0, 30 and 90 degrees off. */
    @Test
    void anglesAreThoseBetweenTheVectors() {
        Raster truth = new Raster(4, 1, 3, new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0}, 0);
        float sin = 0.5f;
        float cos = (float) Math.sqrt(0.75);
        Raster prediction = new Raster(4, 1, 3, new float[] {0, sin, 2, 1, 0, 0, 0, 0, 3, cos, 0, 0}, 0);

        AngularErrors errors = new AngularErrors();
        errors.update(prediction, truth);
        Map<String, Double> values = errors.report().values();

        assertThat(values.get("mean-angle")).isCloseTo(40, within(1e-4));
        assertThat(values.get("median-angle")).isCloseTo(30, within(0.005));
        assertThat(values.get("within-11.25")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(values.get("within-22.5")).isCloseTo(1 / 3.0, within(1e-9));
    }
}
