/** Runs models and notes each operation. */
package io.iedp.export.record;
