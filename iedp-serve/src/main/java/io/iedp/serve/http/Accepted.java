package io.iedp.serve.http;

import io.iedp.serve.limits.RequestFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The form of an answer, as the header {@code Accept} chooses it (RFC 9110, section 12.5.1). */
enum Accepted {
    JSON("application/json"),
    PNG("image/png"),
    BYTES("application/octet-stream");

    private final String type;

    Accepted(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    private record Range(String type, double quality) {
        static Range parse(String text) {
            String[] parts = text.split(";");
            double quality = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
                if (parameter.startsWith("q=")) {
                    try {
                        quality = Double.parseDouble(parameter.substring(2));
                    } catch (NumberFormatException e) {
                        quality = 0;
                    }
                }
            }
            return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality);
        }

        boolean takes(Accepted form) {
            return type.equals("*/*")
                    || type.equals(form.type)
                    || type.endsWith("/*") && form.type.startsWith(type.substring(0, type.length() - 1));
        }
    }

    /**
     * JSON where nothing else is preferred.
     *
     * @param header may be null
     * @throws RequestFailure if it wants none of them (406)
     */
    static Accepted of(String header) {
        if (header == null || header.isBlank()) {
            return JSON;
        }
        List<Range> ranges = new ArrayList<>();
        for (String each : header.split(",")) {
            ranges.add(Range.parse(each));
        }
        ranges.sort(Comparator.comparingDouble(Range::quality).reversed());
        for (Range range : ranges) {
            for (Accepted form : values()) {
                if (range.quality > 0 && range.takes(form)) {
                    return form;
                }
            }
        }
        throw new RequestFailure(
                406, "An answer can be application/json, image/png or application/octet-stream, not " + header);
    }
}
