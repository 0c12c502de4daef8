package io.iedp.config.experiment;

import io.iedp.config.plugin.ConfigurationRecords;
import io.iedp.config.plugin.Installed;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the components that are named anywhere in a configuration, those inside others too. */
final class Components {
    private final List<Component> found = new ArrayList<>();

    private Components() {}

    static Stream<Component> in(Record configuration) {
        Components all = new Components();
        all.visit(configuration);
        return all.found.stream();
    }

    private void visit(Object value) {
        if (value instanceof Component component) {
            found.add(component);
            visit(component.configuration());
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::visit);
        } else if (value instanceof List<?> list) {
            list.forEach(this::visit);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::visit);
        } else if (value instanceof Record configuration && !(value instanceof Installed)) {
            for (RecordComponent each : configuration.getClass().getRecordComponents()) {
                visit(ConfigurationRecords.value(each, configuration));
            }
        }
    }
}
