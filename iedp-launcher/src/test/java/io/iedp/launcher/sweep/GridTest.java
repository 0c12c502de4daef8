package io.iedp.launcher.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.iedp.api.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    @Test
    void allCombinationsAreThereOnceAndTheLastAxisIsTheFastest() {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        variants.put("plain", List.of());
        variants.put("wide", List.of("head.channels=32", "training.batch=4"));

        Grid grid = Grid.of(variants, List.of("training.steps=9", "seed=1,2"));

        assertThat(grid.combinations())
                .extracting(Combination::folder)
                .containsExactly(
                        "variant=plain,seed=1", "variant=plain,seed=2", "variant=wide,seed=1", "variant=wide,seed=2");
        assertThat(grid.combinations().get(3).settings())
                .containsExactly("head.channels=32", "training.batch=4", "training.steps=9", "seed=2");
        assertThat(grid.combinations().get(3).group()).isEqualTo(Map.of("variant", "wide"));
    }

    @Test
    void commasInBracketsAndQuotesPartNoValues() {
        assertThat(Axis.parse("key=[1, 2],[3]").values()).containsOnlyKeys("[1, 2]", "[3]");
        assertThat(Axis.parse("head={type: a, b: [1, 2]}, linear").values())
                .containsOnlyKeys("{type: a, b: [1, 2]}", "linear");
        assertThat(Axis.parse("template=\"a, b\",'c, [d'").values()).containsOnlyKeys("\"a, b\"", "'c, [d'");
        assertThat(Axis.parse("name=it's,that's").values()).containsOnlyKeys("it's", "that's");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed | must be key.path=value,value...",
                "seed=1,,2 | a value is missing",
                "seed=1,2,1 | the value 1 is there twice",
                "seed=[1,2 | a bracket or a quote has no other end",
                "name=a,b | says where the sweep is"
            })
    void whatIsNoAxisIsExplained(String setting, String message) {
        assertThatThrownBy(() -> Grid.of(Map.of(), List.of(setting)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(message);
    }

    @Test
    void oneKeyIsGivenOnce() {
        assertThatThrownBy(() -> Grid.of(Map.of(), List.of("seed=1", "seed=2")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("seed is set twice");
    }

    @Test
    void foldersOfOddValuesStayApart() {
        List<String> folders = Grid.of(Map.of(), List.of("root=/a b,/a:b," + "x".repeat(300))).combinations().stream()
                .map(Combination::folder)
                .toList();

        assertThat(folders).doesNotHaveDuplicates().allMatch(each -> each.matches("[\\w=-]{1,100}"));
    }

    /** Of 2, 4, 4, 4, 5, 5, 7, 9 the mean is 5, the squares of the differences sum to 32, and 32 / 7 is the variance. */
    @Test
    void theDeviationIsThatOfASample() {
        Spread spread = Spread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));

        assertThat(spread.mean()).isEqualTo(5);
        assertThat(spread.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
        assertThat(spread.show()).isEqualTo("5.0000 ± 2.1381");
        assertThat(Spread.of(List.of(0.25)).show()).isEqualTo("0.2500");
        assertThat(Spread.of(List.of()).show()).isEqualTo("-");
    }
}
