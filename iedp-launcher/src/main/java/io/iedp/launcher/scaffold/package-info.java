/** Writes projects for third parties' plugins. */
package io.iedp.launcher.scaffold;
