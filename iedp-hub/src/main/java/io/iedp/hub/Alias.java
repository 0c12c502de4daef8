package io.iedp.hub;

import java.util.Optional;
import java.util.Set;

/**
 * A short name of a repository.
 *
 * @param parts what is usually wanted of it
 * @param size of these, roughly, for people
 * @param licence empty where the repository does not say one
 * @param commit what the name means unless a revision is given; none, and it is the branch {@code main}
 */
record Alias(String name, String repository, Set<String> parts, String size, String licence, Optional<String> commit) {}
