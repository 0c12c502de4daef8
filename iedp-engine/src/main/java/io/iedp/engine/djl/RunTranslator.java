package io.iedp.engine.djl;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.iedp.engine.Prediction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Has a run predict an image; DJL's own pass in between has nothing to do. */
final class RunTranslator<O> implements Translator<Image, O> {
    private static final String PREDICTION = "prediction";

    private final IedpDjlModel run;
    private final Form<O> form;

    /** What is made of a prediction. */
    interface Form<O> {
        O of(Prediction prediction) throws TranslateException;
    }

    RunTranslator(IedpDjlModel run, Form<O> form) {
        this.run = run;
        this.form = form;
    }

    /** Images differ in size, so each is by itself. */
    @Override
    public Batchifier getBatchifier() {
        return null;
    }

    @Override
    public NDList processInput(TranslatorContext context, Image image) throws IOException {
        context.setAttachment(PREDICTION, run.model().predict(buffered(image)));
        return new NDList();
    }

    @Override
    public O processOutput(TranslatorContext context, NDList nothing) throws TranslateException {
        return form.of((Prediction) context.getAttachment(PREDICTION));
    }

    /** Image factories other than the JDK's wrap images of their own. */
    private static BufferedImage buffered(Image image) throws IOException {
        if (image.getWrappedImage() instanceof BufferedImage own) {
            return own;
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        image.save(png, "png");
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }
}
