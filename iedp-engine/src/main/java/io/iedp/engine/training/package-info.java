/** Training and evaluation: steps, states that are saved and restored, hooks that hear of all. */
package io.iedp.engine.training;
