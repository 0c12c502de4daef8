/** How training changes weights by their gradients: optimizers, and schedules of the learning rate. */
package io.iedp.optim;
