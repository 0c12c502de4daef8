/**
 * Recorded cases on disk, and the weights that they come with.
 * Here belongs what finds and reads folders of cases, and what checks the readers of weight files themselves.
 */
package io.iedp.verify.files;
