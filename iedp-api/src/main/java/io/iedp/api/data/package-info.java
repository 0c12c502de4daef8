/** Samples, where they come from, and how they change before training. */
package io.iedp.api.data;
