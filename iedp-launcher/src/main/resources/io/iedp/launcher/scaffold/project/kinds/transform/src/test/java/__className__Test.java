package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.Raster;
import io.iedp.api.data.Sample;
import io.iedp.api.data.TransformFactory;
import io.iedp.testkit.TransformContract;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The kit has what holds for every transform; tests of what is special about this one belong here, too. */
class ${className}Test extends TransformContract<${className}Config> {
    @Override
    protected TransformFactory<${className}Config> factory() {
        return new ${className}Factory();
    }

    @Override
    protected ${className}Config configuration() {
        return new ${className}Config(0.25);
    }

    @Test
    void theWholePictureMayBeErased() {
        Sample erased = factory()
                .create(new ${className}Config(1), () -> 3)
                .apply(sample(), new SplittableRandom(1));

        assertThat(erased.image().pixels()).containsOnly(127);
        assertThat(erased.target(Sample.LABELS).values()).containsOnly(Raster.IGNORE);
    }
}
