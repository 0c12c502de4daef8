package io.iedp.api.nn;

import io.iedp.api.Experimental;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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

    /**
     * The same for a reader of some parts only; others may be missing from the folder.
     *
     * @param parts as {@link io.iedp.api.config.WeightParts} names them; none for all
     * @throws io.iedp.api.UserException as {@link #locate(String)}
     */
    default Path locate(String name, Set<String> parts) {
        return locate(name);
    }

    /**
     * What {@link #locate} would have to bring from another machine, and how to get it, for people; none if it is on disk.
     * Makes no request.
     *
     * @throws io.iedp.api.UserException if there can be nothing of that name
     */
    default Optional<String> missing(String name, Set<String> parts) {
        return Optional.empty();
    }

    /**
     * The name by which the same bytes can be had for good, as far as is known on disk: a branch becomes the commit that was
     * downloaded.
     */
    default String pinned(String name) {
        return name;
    }

    /** Tells a listener from now on, in the place of the one before. */
    default void tell(TransferListener listener) {}
}
