/** How pictures are predicted that a model does not take as they are: in windows, at several sizes, mirrored. */
package io.iedp.api.task.inference;
