package io.iedp.api.hook;

import java.nio.file.Path;

/**
 * A checkpoint that was written.
 *
 * @param step number of steps made
 * @param folder holds its files
 * @param best whether its metrics are the best so far
 */
public record SavedCheckpoint(int step, Path folder, boolean best) {}
