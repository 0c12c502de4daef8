package io.iedp.api.config;

import io.iedp.api.Experimental;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which parts of published weights a {@link io.iedp.api.nn.WeightsPath} is read for, so that no others are downloaded. They
 * are named after the folders of the diffusers library: {@code unet}, {@code vae}, {@code text_encoder}, {@code
 * image_encoder}, {@code tokenizer} and {@code scheduler}. Without it, all are.
 */
@Documented
@Experimental
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface WeightParts {
    String[] value();
}
