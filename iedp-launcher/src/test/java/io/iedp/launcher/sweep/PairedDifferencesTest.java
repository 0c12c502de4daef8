package io.iedp.launcher.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferencesTest {
    private static PairedDifferences differences() {
        return new PairedDifferences.Builder()
                .add("a", "1", 0.5)
                .add("a", "2", 0.75)
                .add("a", "3", 0.25)
                .add("b", "2", 0.5)
                .add("b", "1", 0.375)
                .add("b", "3", Double.NaN)
                .add("c", "4", 1)
                .build();
    }

    /** 0.5 - 0.375 and 0.75 - 0.5: their mean is 0.1875, the sum of squares of their deviations 2 * 0.0625^2 = 0.0078125. The third has no partner. */
    @Test
    void onlyWhatHasTheSameSeedIsCompared() {
        assertThat(differences().of("a", "b")).isEqualTo(new Spread(0.1875, Math.sqrt(0.0078125)));
        assertThat(differences().of("b", "a").mean()).isEqualTo(-0.1875);
        assertThat(differences().of("a", "c").mean()).isNaN();
    }

    @Test
    void theMatrixHasRowsMinusColumns() {
        assertThat(differences().columns()).containsExactly("minus", "a", "b", "c");
        assertThat(differences().matrix())
                .containsExactly(
                        List.of("a", "", "+0.1875 ± 0.0884", "-"),
                        List.of("b", "-0.1875 ± 0.0884", "", "-"),
                        List.of("c", "-", "-", ""));
    }

    @Test
    void pairsHaveAllDigits() {
        assertThat(differences().pairs())
                .containsExactly(
                        List.of("row", "minus", "seeds", "mean", "deviation"),
                        List.of("a", "b", "2", "0.1875", Double.toString(Math.sqrt(0.0078125))),
                        List.of("b", "a", "2", "-0.1875", Double.toString(Math.sqrt(0.0078125))));
        assertThat(new PairedDifferences.Builder()
                        .add("a", "1", 2)
                        .add("b", "1", 1)
                        .build()
                        .pairs())
                .contains(List.of("a", "b", "1", "1.0", ""));
    }

    @Test
    void rowsWithoutACommonSeedHaveNone() {
        assertThat(differences().exist()).isTrue();
        assertThat(new PairedDifferences.Builder()
                        .add("a", "1", 2)
                        .add("c", "2", 1)
                        .row("d")
                        .build()
                        .exist())
                .isFalse();
    }
}
