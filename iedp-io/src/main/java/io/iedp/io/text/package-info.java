/** What is done with names and sentences: how far apart they are. */
package io.iedp.io.text;
