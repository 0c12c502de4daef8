/**
 * Computes anew what diffusers recorded of noise schedules, samplers and whole loops, with the classes of
 * {@code iedp-pretraining}.
 */
package io.iedp.verify.pretraining;
