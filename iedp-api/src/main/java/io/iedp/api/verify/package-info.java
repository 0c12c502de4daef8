/** Checks of models against what the original implementations computed. */
@io.iedp.api.Experimental
package io.iedp.api.verify;
