/** Trained models as graphs that other engines run. */
package io.iedp.export;
