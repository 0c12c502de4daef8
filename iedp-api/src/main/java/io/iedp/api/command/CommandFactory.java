package io.iedp.api.command;

import io.iedp.api.ComponentFactory;

/**
 * Makes a command of the command line: {@code iedp TYPE key=value ...}, whose settings are bound to the configuration
 * record as strictly as those of an experiment file. Running what {@link #create} returns is running the command; a
 * {@link io.iedp.api.UserException} ends it with a message.
 */
public interface CommandFactory<C extends Record> extends ComponentFactory<C, CommandContext, Runnable> {}
