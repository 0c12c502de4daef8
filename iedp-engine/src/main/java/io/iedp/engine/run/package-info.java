/** The folder that a run leaves: the names in it, and what a model must know of its training data. */
package io.iedp.engine.run;
