/** Samples on their way to the model: read and changed by worker threads, some batches ahead, in an order that follows from the seed. */
package io.iedp.engine.data;
