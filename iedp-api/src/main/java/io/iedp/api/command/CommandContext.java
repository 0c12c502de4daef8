package io.iedp.api.command;

import ai.djl.ndarray.NDManager;
import io.iedp.api.nn.Kernels;
import java.util.List;

/** What a command gets from the host. */
public interface CommandContext {
    /** The fast operations of the device that was chosen. */
    Kernels kernels();

    /** Owns what the command makes on the device that was chosen, until it is over. */
    NDManager manager();

    /** Prints a line for the user. */
    void say(String line);

    /** Prints rows below headings, in aligned columns. */
    void table(List<String> columns, List<List<String>> rows);

    /** Shows on a terminal how far the command is. */
    void advanced(String what, int done, int of);

    /**
     * A part of the host that the API has no type for, such as all that is installed; for commands that are built against
     * the host's own modules, and come with it.
     *
     * @throws IllegalArgumentException if the host has no such part
     */
    <T> T host(Class<T> part);
}
