package io.iedp.api.data;

import io.iedp.api.UserException;
import java.util.Optional;

/** What a component asks of each sample besides its picture, so that a sample that lacks it is found before training. */
@FunctionalInterface
public interface SampleCheck {
    /** Asks for nothing. */
    SampleCheck NONE = sample -> Optional.empty();

    /** Why the component cannot work with the sample, as a sentence that names it; empty if it can. */
    Optional<String> problem(SampleOutline sample);

    /**
     * @throws UserException if the component cannot work with the sample
     */
    default void require(Sample sample) {
        problem(SampleOutline.of(sample)).ifPresent(problem -> {
            throw new UserException(problem);
        });
    }
}
