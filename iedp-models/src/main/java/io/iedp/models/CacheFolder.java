package io.iedp.models;

import io.iedp.api.UserException;
import java.nio.file.Path;
import java.util.Map;

/** Where files are kept that can be made again, as the XDG Base Directory Specification has it. */
final class CacheFolder {
    static final String VARIABLE = "XDG_CACHE_HOME";

    private CacheFolder() {}

    /**
     * @param home the user's home folder
     * @throws UserException if there is none, and the variable does not say where else
     */
    static Path of(Map<String, String> environment, String home) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (Path.of(named).isAbsolute()) {
            return Path.of(named).resolve("iedp");
        }
        if (!Path.of(home).isAbsolute()) {
            throw new UserException(
                    "There is no home folder to keep unpacked models in. Set %s to a folder that can be written to."
                            .formatted(VARIABLE));
        }
        return Path.of(home, ".cache", "iedp");
    }
}
