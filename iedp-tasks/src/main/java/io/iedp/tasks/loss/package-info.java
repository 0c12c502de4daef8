/**
 * Losses of one class a pixel, as mmsegmentation has them where nothing else is said. Pixels of {@link
 * io.iedp.api.data.Raster#IGNORE} teach nothing.
 */
package io.iedp.tasks.loss;
