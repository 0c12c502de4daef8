package io.iedp.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.DeferredTranslatorFactory;
import ai.djl.translate.TranslateException;
import com.google.gson.JsonParser;
import io.iedp.engine.IedpModel;
import io.iedp.engine.MicroRun;
import io.iedp.engine.Prediction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run as DJL's users load any model. */
class CriteriaTest {
    private static final String DEPTH = "more-tasks={range: {head: {type: linear}, task: {type: depth}}}";

    @TempDir
    private Path folder;

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(40, 24, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int i = 0; i < 40 * 24; i++) {
            image.setRGB(i % 40, i / 40, random.nextInt(0x1000000));
        }
        return image;
    }

    private static <O> O predict(Path run, Class<O> type, String task) throws Exception {
        Criteria<Image, O> criteria = Criteria.builder()
                .setTypes(Image.class, type)
                .optModelPath(run)
                .optEngine("IEDP")
                .optTranslatorFactory(new IedpTranslatorFactory())
                .optArgument("task", task)
                .build();
        try (ZooModel<Image, O> model = criteria.loadModel();
                Predictor<Image, O> predictor = model.newPredictor()) {
            return predictor.predict(ImageFactory.getInstance().fromImage(noise()));
        }
    }

    @Test
    void classesAreACategoryMask() throws Exception {
        Path run = MicroRun.write(folder.resolve("run"), DEPTH);
        Prediction expected;
        try (IedpModel model = IedpModel.open(run)) {
            expected = model.predict(noise());
        }

        CategoryMask mask = predict(run, CategoryMask.class, "main");

        assertThat(mask.getClasses()).contains("wall", "floor");
        assertThat(mask.getMask().length).isEqualTo(24);
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 40; x++) {
                assertThat(mask.getMask()[y][x]).isEqualTo((int) expected.main().value(x, y));
            }
        }
        Prediction all = predict(run, Prediction.class, "main");
        assertThat(all.task("range").values()).isEqualTo(expected.task("range").values());
        assertThat(predict(run, Image.class, "range").getWidth()).isEqualTo(40);
        assertThatThrownBy(() -> predict(run, CategoryMask.class, "range"))
                .isInstanceOf(TranslateException.class)
                .hasMessageContaining("The task 'range' predicts no classes but depth");
    }

    /** What the run's own serving.properties says is enough for a server. */
    @Test
    void aServerNeedsTheFolderAlone() throws Exception {
        Path run = MicroRun.write(folder.resolve("served"));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(noise(), "png", png);
        Input input = new Input();
        input.add(png.toByteArray());
        Criteria<Input, Output> criteria = Criteria.builder()
                .setTypes(Input.class, Output.class)
                .optModelPath(run)
                .optTranslatorFactory(new DeferredTranslatorFactory())
                .build();

        try (ZooModel<Input, Output> model = criteria.loadModel();
                Predictor<Input, Output> predictor = model.newPredictor()) {
            Output output = predictor.predict(input);

            assertThat(output.getProperty("Content-Type", "")).isEqualTo("application/json");
            assertThat(JsonParser.parseString(output.getData().getAsString())
                            .getAsJsonObject()
                            .keySet())
                    .contains("classes", "mask");
        }
    }

    @Test
    void theDefaultEngineStaysPyTorch() {
        assertThat(Engine.getDefaultEngineName()).isEqualTo("PyTorch");
        assertThat(Engine.getAllEngines()).contains("IEDP", "PyTorch");
    }

    @Test
    void aFolderThatIsNoRunIsSaidToBeNone() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> predict(empty, CategoryMask.class, "main"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("is no run folder");
    }
}
