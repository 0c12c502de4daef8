/** From encoded pictures to predictions: what is open, what waits, and what is computed together. */
package io.iedp.serve.work;
