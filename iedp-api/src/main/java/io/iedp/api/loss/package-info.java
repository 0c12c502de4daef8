/** Losses of one class a pixel, which tasks choose. */
package io.iedp.api.loss;
