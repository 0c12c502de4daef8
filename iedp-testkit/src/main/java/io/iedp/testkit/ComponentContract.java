package io.iedp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.iedp.api.ComponentFactory;
import io.iedp.api.UserException;
import io.iedp.api.config.Doc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What holds for every component.
 *
 * @param <C> its configuration record
 */
abstract class ComponentContract<C extends Record> {
    ComponentContract() {}

    /** The factory under test. */
    protected abstract ComponentFactory<C, ?, ?> factory();

    /** A configuration of a small component that needs no files, unless the test makes them. */
    protected abstract C configuration();

    @Test
    void itsTypeIsANameForExperimentFiles() {
        assertThat(factory().type())
                .as("the type: lower-case words joined by hyphens, a third party's after VENDOR/")
                .matches("([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*");
    }

    @Test
    void itsDescriptionIsASentence() {
        assertThat(factory().description()).matches("(?s)\\p{Lu}.*\\.");
    }

    @Test
    void everyKeyOfItsConfigurationSaysWhatItMeans() {
        assertThat(factory().configuration()).isEqualTo(configuration().getClass());
        documented(factory().configuration());
    }

    private static void documented(Class<?> configuration) {
        assertThat(configuration.isRecord()).as("%s is a record", configuration).isTrue();
        for (RecordComponent component : configuration.getRecordComponents()) {
            Doc doc = component.getAnnotation(Doc.class);
            assertThat(doc)
                    .as("@Doc of %s.%s", configuration.getSimpleName(), component.getName())
                    .isNotNull();
            assertThat(doc.value())
                    .as("@Doc of %s.%s, a sentence", configuration.getSimpleName(), component.getName())
                    .matches("(?s)\\p{Lu}.*\\.");
            nested(component.getGenericType());
        }
    }

    private static void nested(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            nested(arguments[arguments.length - 1]);
        } else if (type instanceof Class<?> single && single.isRecord()) {
            documented(single);
        }
    }

    /** Whatever is not supported is refused with words for the user, not with a failure inside some library. */
    static void assertRefused(String what, ThrowingCallable attempt) {
        Throwable failure = Assertions.catchThrowable(attempt);
        assertThat(failure)
                .as("%s is declared unsupported, so it must be refused", what)
                .isInstanceOf(UserException.class);
        assertWellFormed((UserException) failure);
    }

    /** A message of some words in one or more sentences, about what is wrong rather than where in the program. */
    static void assertWellFormed(UserException failure) {
        assertThat(failure.getMessage())
                .as("a message for the user")
                .isNotBlank()
                .hasSizeGreaterThan(15)
                .doesNotContain("Exception", "\tat ", "null");
    }
}
