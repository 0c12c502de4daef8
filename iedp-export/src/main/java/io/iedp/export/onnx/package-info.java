/** Graphs as ONNX files. */
package io.iedp.export.onnx;
