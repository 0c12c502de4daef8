/** What the commands do, from the experiment file to the run folder. */
package io.iedp.launcher.run;
