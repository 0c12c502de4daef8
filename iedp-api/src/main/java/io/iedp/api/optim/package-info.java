/** How training changes weights by their gradients, and how fast. */
package io.iedp.api.optim;
