/** Pictures and maps on disk. */
package io.iedp.datasets.folder;
