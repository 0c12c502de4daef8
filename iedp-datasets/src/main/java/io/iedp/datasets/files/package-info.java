/**
 * Pictures and maps on disk: the layouts in which data sets are published, and folders and tables of one's own. A
 * source lists the files of its samples; reading them is the same for all.
 */
package io.iedp.datasets.files;
