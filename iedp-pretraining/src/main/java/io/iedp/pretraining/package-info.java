/** Diffusion models as they are trained and sampled: noise schedules, samplers, and pictures from text. */
package io.iedp.pretraining;
