package io.iedp.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;

/** Which components a test holds to the contracts of their kinds. */
public final class Contracts {
    private Contracts() {}

    /**
     * @param test whose nested classes extend contracts
     * @return the types of their components
     */
    public static Set<String> types(Object test) {
        Set<String> types = new TreeSet<>();
        for (Class<?> nested : test.getClass().getDeclaredClasses()) {
            if (ComponentContract.class.isAssignableFrom(nested) && !Modifier.isAbstract(nested.getModifiers())) {
                types.add(make(nested.asSubclass(ComponentContract.class), test)
                        .factory()
                        .type());
            }
        }
        return types;
    }

    @SuppressWarnings("rawtypes")
    private static ComponentContract<?> make(Class<? extends ComponentContract> nested, Object test) {
        try {
            Constructor<? extends ComponentContract> constructor = nested.getDeclaredConstructor(test.getClass());
            constructor.setAccessible(true);
            return constructor.newInstance(test);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("%s must be an inner class that takes nothing".formatted(nested), e);
        }
    }
}
