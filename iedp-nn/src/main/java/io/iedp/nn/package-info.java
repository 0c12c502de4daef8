/**
 * What a diffusion network is built of: kernels on libtorch, layers over named weights, weight files,
 * gradients and their optimizer.
 */
package io.iedp.nn;
