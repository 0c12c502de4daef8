package io.iedp.api.hook;

import io.iedp.api.data.RgbImage;

/** What the model predicts for a validation sample, next to what it should, as pictures. */
public record Example(String name, RgbImage image, RgbImage truth, RgbImage prediction) {}
