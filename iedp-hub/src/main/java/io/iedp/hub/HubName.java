package io.iedp.hub;

import io.iedp.api.UserException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands after {@code hf://}: {@code ORG/NAME[@REVISION][/PATH]}, or an alias in the place of {@code ORG/NAME}.
 *
 * @param repository as in {@code org/name}
 * @param revision a branch, a tag or a commit
 * @param inside a file or folder of the repository; empty for all of it
 * @param alias by which the repository was named
 */
record HubName(String repository, String revision, String inside, Optional<Alias> alias) {
    static final String SCHEME = "hf";

    private static final String MAIN = "main";
    private static final int LONGEST = 96;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?");
    private static final Pattern REVISION =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(?:/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");

    /**
     * @throws UserException if it is no such name
     */
    static HubName parse(String text, Aliases aliases) {
        String shown = SCHEME + "://" + text;
        int at = text.indexOf('@');
        String head = at < 0 ? text : text.substring(0, at);
        String tail = at < 0 ? "" : text.substring(at + 1);
        String first = head.split("/", 2)[0];
        Optional<Alias> alias = aliases.find(first);
        String[] parts = head.split("/", alias.isPresent() ? 2 : 3);
        int own = alias.isPresent() ? 1 : 2;
        if (parts.length < own) {
            throw new UserException(
                    "'%s' is no name of weights: there is no alias '%s' (there %s); a repository has an owner, as in hf://openai/clip-vit-large-patch14"
                            .formatted(
                                    shown,
                                    head,
                                    "are " + String.join(", ", aliases.byName().keySet())));
        }
        if (at >= 0 && parts.length > own) {
            throw new UserException(
                    "'%s' is no name of weights: the revision stands behind the repository, as in hf://org/name@main/file.safetensors"
                            .formatted(shown));
        }
        String repository = alias.map(Alias::repository).orElseGet(() -> parts[0] + "/" + parts[1]);
        requireRepository(repository, shown);
        Optional<String> revision = at < 0
                ? Optional.empty()
                : Optional.of(tail.split("/", 2)[0].replace("%2F", "/").replace("%2f", "/"));
        revision.ifPresent(each -> requireRevision(each, shown));
        String inside = at < 0 ? parts.length > own ? parts[own] : "" : tail.contains("/") ? tail.split("/", 2)[1] : "";
        String path = inside.replaceAll("/+$", "");
        if (!path.isEmpty()) {
            SafeNames.requireInside(path, shown);
        }
        return new HubName(
                repository, revision.or(() -> alias.flatMap(Alias::commit)).orElse(MAIN), path, alias);
    }

    private static void requireRepository(String repository, String shown) {
        for (String id : repository.split("/", -1)) {
            if (!ID.matcher(id).matches() || id.contains("..") || id.contains("--") || repository.length() > LONGEST) {
                throw new UserException(
                        "'%s' is no name of weights: '%s' cannot be a repository. Its owner and its name have letters, digits, '-', '_' and '.' only, as in hf://openai/clip-vit-large-patch14"
                                .formatted(shown, repository));
            }
        }
    }

    private static void requireRevision(String revision, String shown) {
        if (!REVISION.matcher(revision).matches() || revision.contains("..") || revision.endsWith(".lock")) {
            throw new UserException(
                    "'%s' is no name of weights: '%s' cannot be a revision, which is a branch, a tag or a commit; a '/' in it is written %%2F"
                            .formatted(shown, revision));
        }
    }

    /** The same at another revision. */
    HubName at(String other) {
        return new HubName(repository, other, inside, alias);
    }

    /** The name without an alias, with the revision unless that is {@code main}. */
    String text() {
        return repository
                + (revision.equals(MAIN) ? "" : "@" + revision.replace("/", "%2F"))
                + (inside.isEmpty() ? "" : "/" + inside);
    }

    /** As people should read it, the shortest name. */
    String shown() {
        return SCHEME + "://" + brief();
    }

    /** The shortest name that means the same, without the scheme. */
    String brief() {
        return alias.filter(each -> each.commit().orElse(MAIN).equals(revision))
                .map(each -> each.name() + (inside.isEmpty() ? "" : "/" + inside))
                .orElseGet(this::text);
    }
}
