package io.iedp.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkingSizeTest {
    @Test
    void onlyLargerPicturesAreShrunk() {
        WorkingSize training = WorkingSize.ofSamples(96, 64);
        assertThat(training.scale(4000, 3000)).isEqualTo(64.0 / 3000);
        assertThat(training.scale(3000, 4000)).isEqualTo(64.0 / 3000);
        assertThat(training.scale(2000, 64)).isEqualTo(1);
        assertThat(training.scale(10, 10)).isEqualTo(1);
        assertThat(WorkingSize.longest(100).scale(50, 400)).isEqualTo(0.25);
        assertThat(WorkingSize.ANY.scale(60000, 60000)).isEqualTo(1);
    }

    @Test
    void aSideHasOnePixelAtLeast() {
        assertThat(WorkingSize.scaled(3, 0.01)).isOne();
        assertThat(WorkingSize.scaled(3000, 64.0 / 3000)).isEqualTo(64);
        assertThatThrownBy(() -> WorkingSize.longest(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
