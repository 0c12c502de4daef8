/** The program that assembles and runs what plugins bring. */
package io.iedp.launcher;
