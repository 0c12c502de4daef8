/** Checks of whole models, built as an experiment file builds them, against what the original implementations computed. */
package io.iedp.launcher.verify;
