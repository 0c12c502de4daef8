/** Assembles the model of an experiment, trains it and measures it. */
package io.iedp.launcher.engine;
