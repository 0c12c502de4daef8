package io.iedp.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a program sees of IEDP's start, in a process of its own: DJL's engine starts once in each. */
class HostProcessTest {
    private static final String MARK = "HOST ";

    /** A program that embeds IEDP and watches its system properties. */
    static final class Host {
        private Host() {}

        private static final class Watched extends Properties {
            private static final long serialVersionUID = 1;
            private final transient List<String> changed = Collections.synchronizedList(new ArrayList<>());

            Watched(Properties from) {
                putAll(from);
            }

            @Override
            public synchronized Object setProperty(String key, String value) {
                changed.add(key);
                return super.setProperty(key, value);
            }
        }

        public static void main(String[] arguments) {
            if (arguments[0].equals("engine first")) {
                Engine.getEngine("PyTorch");
            }
            Watched properties = new Watched(System.getProperties());
            System.setProperties(properties);
            TorchRuntime.get();
            List<String> changed = properties.changed.stream()
                    .filter(name -> name.matches("OPT_OUT.*|ai\\.djl.*|PYTORCH.*"))
                    .toList();
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println(MARK + "set " + new TreeSet<>(changed));
            out.println(MARK + "left "
                    + changed.stream().filter(properties::containsKey).toList());
            out.println(MARK + "offline " + System.getProperty("ai.djl.offline"));
        }
    }

    private static List<String> run(String scenario, String... options) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, Host.class.getName(), scenario));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("OPT_OUT_TRACKING", "DJL_OFFLINE", LocalLibtorch.SETTING));
        Process host = builder.start();
        String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).as(output).isZero();
        return output.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()))
                .toList();
    }

    @Test
    void settingsOfTheStartAreGoneAfterIt() throws IOException, InterruptedException {
        assertThat(run("iedp first"))
                .containsExactly("set [OPT_OUT_TRACKING, ai.djl.offline]", "left []", "offline null");
    }

    @Test
    void whatTheHostHasSetStays() throws IOException, InterruptedException {
        assertThat(run("iedp first", "-Dai.djl.offline=false", "-DOPT_OUT_TRACKING=true"))
                .containsExactly("set []", "left []", "offline false");
    }

    @Test
    void anEngineThatRunsIsTakenAsItIs() throws IOException, InterruptedException {
        assertThat(run("engine first", "-DOPT_OUT_TRACKING=true")).containsExactly("set []", "left []", "offline null");
    }
}
