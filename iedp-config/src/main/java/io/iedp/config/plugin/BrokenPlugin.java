package io.iedp.config.plugin;

/**
 * A plugin that was left out.
 *
 * @param name of its jar or folder
 * @param place its path
 * @param reason what is wrong, in a sentence without its full stop
 * @param remedy what to do, in sentences
 */
public record BrokenPlugin(String name, String place, String reason, String remedy) {
    /** The whole report, in one line. */
    public String message() {
        return "The plugin %s is left out: %s. %s (%s)".formatted(name, reason, remedy, place);
    }
}
