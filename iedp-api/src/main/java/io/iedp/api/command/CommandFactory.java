package io.iedp.api.command;

import io.iedp.api.ComponentFactory;
import java.util.List;
import java.util.Optional;

/**
 * Makes a command of the command line: {@code iedp TYPE ...}. What is given is bound to the configuration record as
 * strictly as an experiment file: {@code KEY=VALUE} settings, the same as options {@code --KEY VALUE}, flags {@code --KEY}
 * for keys that are false unless they are given ({@code --no-KEY} for those that are true), and the arguments without a
 * name for the component that is {@link Positional}. A {@link io.iedp.api.UserException} ends the command with a message.
 */
public interface CommandFactory<C extends Record> extends ComponentFactory<C, CommandContext, Command> {
    /** What the help says below the {@link #description}, a paragraph each. */
    default List<String> details() {
        return List.of();
    }

    /** What the option {@code --device} is unless it is given; none, and there is no such option. */
    default Optional<String> device() {
        return Optional.of("auto");
    }

    /** How the command may end, for the help; without any, 0 when all went well. */
    default List<ExitCode> exitCodes() {
        return List.of();
    }
}
