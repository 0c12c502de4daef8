package example.embedding;

import io.iedp.engine.IedpModel;
import io.iedp.engine.Prediction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Lays the prediction of a run over a photograph: {@code Overlay RUN PHOTO OUT.png}. */
public final class Overlay {
    private Overlay() {}

    public static void main(String[] arguments) throws IOException {
        try (IedpModel model = IedpModel.open(Path.of(arguments[0]))) {
            Prediction prediction = model.predict(ImageIO.read(new File(arguments[1])));
            ImageIO.write(prediction.overlay(), "png", new File(arguments[2]));
        }
    }
}
