/** Semantic segmentation: its loss, metrics, evaluation protocol and pictures. */
package io.iedp.tasks;
