package io.iedp.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iedp.api.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedClassesTest {
    @TempDir
    private Path folder;

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("captions.csv"), text);
    }

    @Test
    void whatCaptionsNameIsLookedFor() throws IOException {
        NamedClasses classes = NamedClasses.read(table("""
                name,caption
                1,"A bed, a lamp and bedding"
                2,a rug
                3,an empty room
                4,two lamps and a bed
                """));
        List<String> names = List.of("bed", "lamp", "rug");
        // One of 600 pixels is less than 0.2 %, two are more.
        float[] lamps = new float[600];
        Arrays.fill(lamps, 0, 599, 1);
        float[] twoBeds = lamps.clone();
        twoBeds[0] = 0;

        classes.judge(Path.of("1.png"), names, lamps);
        classes.judge(Path.of("2.png"), names, 2, 2, 2);
        classes.judge(Path.of("3.png"), names, 0, 1, 2);
        classes.judge(Path.of("4.png"), names, twoBeds);

        // Named are bed and lamp, rug, nothing, and bed: plurals are other words. Seen of them: lamp, rug, bed. Two
        // places
        // further: bed and lamp in the third, no rug in the fourth, no bed in the second.
        assertThat(classes.summary())
                .isEqualTo(
                        "Of 4 classes that captions name, the model sees 75.0 %; of those that the captions of other pictures name, 50.0 %.");
    }

    @Test
    void eachPictureNeedsACaption() throws IOException {
        NamedClasses classes = NamedClasses.read(table("caption,name\na bed,0001\n"));
        classes.require(folder.resolve("0001.png"));
        assertThatThrownBy(() -> classes.require(folder.resolve("0002.png")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("captions.csv has no row for '0002'");
        assertThat(classes.summary()).isEqualTo("The captions name no class of the model.");
    }

    @Test
    void aTableWithoutCaptionsIsRefused() {
        assertThatThrownBy(() -> NamedClasses.read(table("name,text\n0001,a bed\n")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("needs the columns name and caption, but its first line is name,text");
        assertThatThrownBy(() -> NamedClasses.read(table("name,caption\n0001\n")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the row of '0001' has 1 fields, not 2");
    }
}
