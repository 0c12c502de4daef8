/** Checks of models against what the original implementations computed. */
package io.iedp.api.verify;
