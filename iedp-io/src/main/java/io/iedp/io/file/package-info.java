/** Files that are written whole or not at all, and text that is read with a word on what is wrong. */
package io.iedp.io.file;
