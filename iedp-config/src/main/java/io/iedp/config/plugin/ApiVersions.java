package io.iedp.config.plugin;

import io.iedp.api.ApiVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which plugins this version of the API takes. */
final class ApiVersions {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

    private ApiVersions() {}

    /**
     * @throws BrokenPluginException if the plugin says not what it was built for, or was built for another version
     */
    static void check(Class<?> plugin) {
        ApiVersion declared = plugin.getAnnotation(ApiVersion.class);
        if (declared == null) {
            throw new BrokenPluginException(
                    "%s does not say which version of the API it was built for".formatted(plugin.getName()),
                    "Its author must put @ApiVersion(ApiVersion.CURRENT) on the class.");
        }
        if (!accepts(ApiVersion.CURRENT, declared.value())) {
            throw new BrokenPluginException(
                    "%s was built for version %s of the API, but this is version %s"
                            .formatted(plugin.getName(), declared.value(), ApiVersion.CURRENT),
                    "Ask its author for a build for %s, or build it again.".formatted(ApiVersion.CURRENT));
        }
    }

    /**
     * Whether a host of one version takes a plugin that was built for another.
     */
    static boolean accepts(String host, String plugin) {
        Matcher hosts = VERSION.matcher(host);
        Matcher plugins = VERSION.matcher(plugin);
        if (!hosts.matches() || !plugins.matches() || number(hosts, 1) != number(plugins, 1)) {
            return false;
        }
        return number(hosts, 1) == 0 ? number(hosts, 2) == number(plugins, 2) : number(plugins, 2) <= number(hosts, 2);
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }
}
