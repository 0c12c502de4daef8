/** Data sets written to disk. */
package io.iedp.launcher.data;
