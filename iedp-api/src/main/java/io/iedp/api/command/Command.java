package io.iedp.api.command;

/** A command with its configuration, ready to run. */
@FunctionalInterface
public interface Command {
    /**
     * Does what was asked for.
     *
     * @return the exit code: 0 when all went well, else one of {@link CommandFactory#exitCodes}
     * @throws io.iedp.api.UserException to end with a message and 2
     */
    int run();
}
