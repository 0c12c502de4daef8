package io.iedp.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.data.DatasetInfo;
import io.iedp.engine.MicroExperiment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildDataTest {
    @TempDir
    private Path empty;

    private BuildData of(String train) {
        return BuildData.of(MicroExperiment.with("data.train={%s}".formatted(train)));
    }

    /** The rooms' list of things. */
    @Test
    void dataThatIsThereSaysWhatItHas() {
        BuildData data = BuildData.of(MicroExperiment.with());

        assertThat(data.note()).isEmpty();
        assertThat(data.info().classNames()).hasSize(16).contains("floor", "wall");
    }

    /** Zhou et al. (2017): 150 classes, of which the first is wall. */
    @Test
    void aPublishedDataSetIsKnownWithoutItsFiles() {
        BuildData data = of("type: ade20k, root: " + empty);

        assertThat(data.info().classNames()).hasSize(150).startsWith("wall");
        assertThat(data.note().orElseThrow())
                .startsWith("data.train cannot be opened; the model is timed with the classes that 'ade20k' has. ")
                .contains(empty.toString());
    }

    @Test
    void namesInTheConfigurationAreKnown() {
        BuildData data = of("type: folder, root: %s, split: train, class-names: [sky, road]".formatted(empty));

        assertThat(data.info().classNames()).containsExactly("sky", "road");
        assertThat(data.note()).isPresent();
    }

    @Test
    void whatIsNotKnownIsMadeUp() {
        DatasetInfo info = of("type: folder, root: %s/gone".formatted(empty)).info();

        assertThat(info.classes()).hasSize(150);
        assertThat(info.maxDepth()).isEqualTo(10);
        assertThat(of("type: folder, root: %s/gone".formatted(empty)).note().orElseThrow())
                .startsWith(
                        "data.train cannot be opened; the model is timed with 150 made-up classes in their place. ");
    }
}
