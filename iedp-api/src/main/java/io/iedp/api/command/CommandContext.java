package io.iedp.api.command;

import ai.djl.ndarray.NDManager;
import io.iedp.api.nn.Kernels;

/** What a command gets from the host. */
public interface CommandContext {
    /** The fast operations of the device at hand. */
    Kernels kernels();

    /** Owns what the command makes on the device, until it is over. */
    NDManager manager();

    /** Prints a line for the user. */
    void say(String line);
}
