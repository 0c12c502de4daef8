/**
 * Weight files: safetensors, PyTorch checkpoints, both in one piece or sharded. Everything that a file says is
 * checked against its size before memory is taken, and nothing that it names is ever run.
 */
package io.iedp.nn.files;
