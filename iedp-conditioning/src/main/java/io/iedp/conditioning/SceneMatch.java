package io.iedp.conditioning;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** How the text that names a sample's scene leads to a class; upper case and underscores make no difference. */
public enum SceneMatch {
    /** To the class of that name. */
    EXACT,
    /** To the first class whose name is part of it, as VPD finds the scene in a file's name. */
    CONTAINED;

    /** The index of the class, if there is one. */
    OptionalInt find(String scene, List<String> names) {
        String wanted = plain(scene);
        return IntStream.range(0, names.size())
                .filter(i -> this == EXACT ? wanted.equals(plain(names.get(i))) : wanted.contains(plain(names.get(i))))
                .findFirst();
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
