package io.iedp.hub;

import io.iedp.api.UserException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** When a request is made again, and how long after. */
final class Pauses {
    /** In a row, without a byte more in between. */
    static final int ATTEMPTS = 6;

    private static final Set<Integer> AGAIN = Set.of(408, 429, 500, 502, 503, 504);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_OWN = Duration.ofSeconds(8);

    private final Sleeper sleeper;

    /** Lets time go by. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    Pauses(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    static boolean isForAMoment(int status) {
        return AGAIN.contains(status);
    }

    /**
     * Waits as long as the server asks for, and else longer each time.
     *
     * @param failures in a row, from 1
     * @param headers of the answer, if there was one
     */
    void before(int failures, Optional<HttpHeaders> headers) {
        Duration own = Duration.ofSeconds(1L << Math.min(failures - 1, 3));
        Duration asked = headers.flatMap(each -> each.firstValue("Retry-After"))
                .flatMap(Pauses::parse)
                .orElse(own.compareTo(LONGEST_OWN) > 0 ? LONGEST_OWN : own);
        try {
            sleeper.sleep(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static UserException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UserException(
                "The download was interrupted; it goes on where it was when it is asked for again.", e);
    }

    /** Seconds, or a date of HTTP. */
    private static Optional<Duration> parse(String text) {
        if (text.strip().matches("\\d{1,6}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
        }
        try {
            Instant then = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), then);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
