package example.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.iedp.engine.IedpModel;
import io.iedp.engine.djl.IedpTranslatorFactory;
import io.iedp.launcher.cli.Iedp;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
    @TempDir
    private static Path folder;

    static Path run;
    static Path photo;

    @BeforeAll
    static void train() throws Exception {
        int code = Iedp.run("train", "experiment.yaml", "output=" + folder);
        assertEquals(0, code);
        run = folder.resolve("tiny");
        photo = folder.resolve("photo.png");
        BufferedImage image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 50 * 40; i++) {
            image.setRGB(i % 50, i / 50, i * 7919);
        }
        ImageIO.write(image, "png", photo.toFile());
    }

    /** The command line and a Java program write the same bytes. */
    @Test
    void theProgramDoesWhatTheCommandLineDoes() throws Exception {
        Path own = folder.resolve("own.png");
        Path labels = folder.resolve("labels.png");
        assertEquals(0, Iedp.run("predict", run.toString(), photo.toString(), "--to=" + folder.resolve("out")));

        Overlay.main(new String[] {run.toString(), photo.toString(), own.toString()});
        try (IedpModel model = IedpModel.open(run)) {
            model.predict(ImageIO.read(photo.toFile())).write(labels);
        }

        BufferedImage expected = ImageIO.read(folder.resolve("out/photo-overlay.png").toFile());
        BufferedImage overlay = ImageIO.read(own.toFile());
        assertArrayEquals(
                expected.getRGB(0, 0, expected.getWidth(), expected.getHeight(), null, 0, expected.getWidth()),
                overlay.getRGB(0, 0, overlay.getWidth(), overlay.getHeight(), null, 0, overlay.getWidth()));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("out/photo-prediction.png")), Files.readAllBytes(labels));
    }

    @Test
    void djlOpensTheRunToo() throws Exception {
        Criteria<Image, CategoryMask> criteria = Criteria.builder()
                .setTypes(Image.class, CategoryMask.class)
                .optModelPath(run)
                .optEngine("IEDP")
                .optTranslatorFactory(new IedpTranslatorFactory())
                .build();
        try (ZooModel<Image, CategoryMask> model = criteria.loadModel();
                Predictor<Image, CategoryMask> predictor = model.newPredictor()) {
            CategoryMask mask = predictor.predict(ImageFactory.getInstance().fromFile(photo));

            assertEquals(40, mask.getMask().length);
            assertEquals(50, mask.getMask()[0].length);
        }
    }
}
