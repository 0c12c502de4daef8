/** Data sets on disk, procedural rooms, and transforms of samples. */
package io.iedp.datasets;
