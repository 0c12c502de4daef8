/**
 * Rendered rooms. Only exactly rounded arithmetic, {@link java.lang.StrictMath} and this package's own random
 * source are used, so that a room is the same to the last bit on every Java platform.
 */
package io.iedp.datasets.rooms;
