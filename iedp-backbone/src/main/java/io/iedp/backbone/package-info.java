/** Stable Diffusion as a feature extractor. */
package io.iedp.backbone;
