package io.iedp.api.nn;

import io.iedp.api.Experimental;
import java.nio.file.Path;

/** Has published weights by name: what an experiment file calls {@code SCHEME://NAME}. */
@Experimental
public interface WeightStore {
    /** What stands before {@code ://}, in lower case: {@code iedp} of {@code iedp://rooms}. */
    String scheme();

    /**
     * Brings what has a name to a place on disk, unless it is there already. Safe to be called from several threads and
     * processes at once.
     *
     * @param name what follows {@code ://}
     * @return a file or a folder that nobody will change
     * @throws io.iedp.api.UserException if there is nothing of that name, or it cannot be brought
     */
    Path locate(String name);
}
