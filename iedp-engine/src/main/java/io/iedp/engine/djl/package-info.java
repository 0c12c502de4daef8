/**
 * Trained runs as DJL loads any model: by {@code Criteria} with the run's folder as model path. It is {@link
 * io.iedp.engine.IedpModel} underneath.
 */
package io.iedp.engine.djl;
