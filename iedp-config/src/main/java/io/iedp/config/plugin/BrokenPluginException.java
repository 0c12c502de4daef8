package io.iedp.config.plugin;

import io.iedp.api.UserException;

/** A plugin cannot be taken. */
final class BrokenPluginException extends UserException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;

    /**
     * @param reason what is wrong, in a sentence without its full stop
     * @param remedy what to do, in sentences
     */
    BrokenPluginException(String reason, String remedy) {
        this(reason, remedy, null);
    }

    BrokenPluginException(String reason, String remedy, Throwable cause) {
        super(reason + ". " + remedy, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    String reason() {
        return reason;
    }

    String remedy() {
        return remedy;
    }
}
