package io.iedp.engine.run;

/** The {@code serving.properties} of a run: what DJL and its server need to open the folder. */
public final class ServingProperties {
    /** The content of the file. */
    public static final String TEXT = """
            # Opens this folder with DJL: the engine and the translator are in iedp-engine.
            engine=IEDP
            translatorFactory=io.iedp.engine.djl.IedpTranslatorFactory
            """;

    private ServingProperties() {}
}
