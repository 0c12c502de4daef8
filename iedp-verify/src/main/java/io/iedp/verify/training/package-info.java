/** Recorded optimizers, schedules and averages of weights. */
package io.iedp.verify.training;
