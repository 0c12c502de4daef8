/** Timing of models, training steps and data, two ways in one run. */
package io.iedp.engine.bench;
