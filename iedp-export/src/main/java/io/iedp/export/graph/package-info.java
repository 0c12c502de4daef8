/** Graphs of what models compute, whatever format they are written in. */
package io.iedp.export.graph;
