package io.iedp.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import io.iedp.api.UserException;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Raster;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.api.task.Objective;
import io.iedp.api.task.Task;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskHeadsTest {
    private static final Sample SAMPLE = new Sample(
            "one", new RgbImage(2, 1, new byte[6]), Map.of(Sample.LABELS, Raster.labels(2, 1, new float[2])), Map.of());

    /** Whose objective adds a target of that name, with that value. */
    private static TaskHead adding(String head, String target, float value) {
        Objective objective = new Objective() {
            @Override
            public int outputs() {
                return 1;
            }

            @Override
            public Sample prepare(Sample sample) {
                assertThat(sample.targets()).containsOnlyKeys(Sample.LABELS);
                Map<String, Raster> targets = new HashMap<>(sample.targets());
                targets.put(target, Raster.labels(2, 1, new float[] {value, value}));
                return new Sample(sample.name(), sample.image(), targets, sample.texts());
            }

            @Override
            public NDArray loss(NDArray output, Batch batch) {
                throw new AssertionError();
            }
        };
        Task task = (Task) Proxy.newProxyInstance(
                Task.class.getClassLoader(), new Class<?>[] {Task.class}, (proxy, method, arguments) -> objective);
        return new TaskHead(head, null, task, 1);
    }

    @Test
    void eachTaskAddsItsOwnTargets() {
        Sample prepared = new TaskHeads(List.of(adding("", "thin", 1), adding("second", "thick", 3))).prepare(SAMPLE);

        assertThat(prepared.targets()).containsOnlyKeys(Sample.LABELS, "thin", "thick");
        assertThat(prepared.target("thin").values()).containsOnly(1);
        assertThat(prepared.target("thick").values()).containsOnly(3);
    }

    @Test
    void noTaskTakesTheTargetOfAnother() {
        TaskHeads two = new TaskHeads(List.of(adding("", "borders", 1), adding("second", "borders", 3)));

        assertThatThrownBy(() -> two.prepare(SAMPLE))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("one gets the target 'borders' twice: the task 'second' adds what");
    }

    @Test
    void noTaskTakesATargetOfTheData() {
        TaskHeads one = new TaskHeads(List.of(adding("", Sample.LABELS, 1)));

        assertThatThrownBy(() -> one.prepare(SAMPLE))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("one gets the target 'labels' twice: the task adds what");
    }
}
