/** What an experiment file says, as records. */
package io.iedp.launcher.experiment;
