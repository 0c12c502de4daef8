package io.iedp.engine.model;

import io.iedp.io.file.Sha256;
import io.iedp.nn.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Fingerprints of weights. */
public final class WeightDigest {
    private WeightDigest() {}

    /**
     * SHA-256 of the names, shapes and values of frozen weights that came from files, by the first two parts of their names.
     * They must still have 32 bits.
     */
    public static Map<String, String> ofFrozen(Collection<Parameter> parameters) {
        Map<String, MessageDigest> digests = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.isFrozenFromFile()) {
                add(
                        digests.computeIfAbsent(ParameterSummary.part(parameter.name()), part -> Sha256.digest()),
                        parameter);
            }
        }
        Map<String, String> hexadecimal = new LinkedHashMap<>();
        digests.forEach((part, digest) -> hexadecimal.put(part, HexFormat.of().formatHex(digest.digest())));
        return hexadecimal;
    }

    /** SHA-256 of the names, shapes and values of some weights, all together. */
    static String of(Collection<Parameter> parameters, Predicate<Parameter> which) {
        MessageDigest digest = Sha256.digest();
        parameters.stream().filter(which).forEach(parameter -> add(digest, parameter));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Parameter parameter) {
        digest.update((parameter.name() + parameter.array().getShape()).getBytes(StandardCharsets.UTF_8));
        digest.update(parameter.array().toByteBuffer());
    }
}
