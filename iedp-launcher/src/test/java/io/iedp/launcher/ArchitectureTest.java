package io.iedp.launcher;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.iedp.api.IedpPlugin;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. All modules are on the class path of the launcher's tests. */
class ArchitectureTest {
    private static final List<String> NEURAL = List.of("backbone", "conditioning", "heads");
    private static final List<String> PLAIN = List.of("tasks", "datasets", "hooks", "optim", "models", "hub");

    /** Makes whole diffusion models of the networks of others. */
    private static final List<String> COMPOSING = List.of("pretraining");

    /** Jars that add commands, and know the host's modules for it. */
    private static final List<String> TOOLS = List.of("checkpoints", "verify", "export", "serve");

    /** What each module may know of the others; but for {@link #COMPOSING}, components also know nothing of each other. */
    private static final Map<String, List<String>> MAY_KNOW = Map.of(
            "api", List.of(),
            "io", List.of("api"),
            "nn", List.of("api", "io"),
            "config", List.of("api", "io"),
            "engine", List.of("api", "io", "nn", "config"),
            "checkpoints", List.of("api", "io", "nn", "config", "engine", "backbone"),
            "verify",
                    List.of(
                            "api",
                            "io",
                            "nn",
                            "config",
                            "engine",
                            "backbone",
                            "checkpoints",
                            "conditioning",
                            "heads",
                            "tasks",
                            "optim",
                            "pretraining"),
            "export", List.of("api", "io", "nn", "config", "engine"),
            "serve", List.of("api", "io", "config", "engine"),
            "launcher", List.of("api", "io", "nn", "config", "engine"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.iedp");

    static Stream<String> plugins() {
        return Stream.of(NEURAL, PLAIN, COMPOSING).flatMap(List::stream);
    }

    static Stream<String> modules() {
        return Stream.concat(MAY_KNOW.keySet().stream(), plugins());
    }

    private static List<String> mayKnow(String module) {
        if (COMPOSING.contains(module)) {
            return List.of("api", "io", "nn", "backbone", "conditioning");
        }
        return MAY_KNOW.getOrDefault(
                module, NEURAL.contains(module) ? List.of("api", "io", "nn") : List.of("api", "io"));
    }

    private static String inside(String module) {
        return "io.iedp." + module + "..";
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theRulesSeeTheModule(String module) {
        assertThat(CLASSES.that(resideInAPackage(inside(module)))).hasSizeGreaterThan(3);
    }

    @Test
    void theRulesKnowEveryPluginAndEveryModule() {
        assertThat(ServiceLoader.load(IedpPlugin.class).stream()
                        .map(provider -> provider.type().getPackageName())
                        .filter(name -> name.startsWith("io.iedp."))
                        .map(name -> name.split("\\.")[2]))
                .containsExactlyInAnyOrderElementsOf(Stream.of(plugins(), TOOLS.stream())
                        .flatMap(each -> each)
                        .toList());
        assertThat(CLASSES.stream().map(each -> each.getPackageName().split("\\.")[2]))
                .allMatch(modules().toList()::contains);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsNoOtherThanItMay(String module) {
        String[] strangers = modules()
                .filter(other -> !other.equals(module) && !mayKnow(module).contains(other))
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(inside(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theApiKnowsTheJdkDjlAndLoggingOnly() {
        classes()
                .that()
                .resideInAPackage("io.iedp.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.iedp.api..", "java..", "javax..", "ai.djl..", "org.slf4j..")
                .andShould()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("ai.djl.pytorch..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.google.inject: engine.model",
                "org.yaml.snakeyaml: config",
                "picocli: launcher.cli",
                "org.knowm.xchart: launcher.report",
                "org.apache.logging.log4j.core: launcher.run",
                "io.javalin: serve",
                "org.eclipse.jetty: serve",
                "io.prometheus: serve",
                "java.util.ServiceLoader: config.plugin, verify.command, engine.bench"
            })
    void aLibraryHasOnePlace(String line) {
        String[] parts = line.split(": ");
        String[] places = Arrays.stream(parts[1].split(", "))
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(places)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(parts[0].replace(".", "\\.") + ".*")
                .check(CLASSES);
        assertThat(CLASSES.stream()
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName()))
                .as("uses of %s", parts[0])
                .anyMatch(name -> name.startsWith(parts[0]));
    }

    /** What libtorch and DJL keep per process has one owner. */
    @Test
    void onlyTheRuntimeChangesTheStateOfTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.iedp.nn.TorchRuntime")
                .should()
                .callMethod("ai.djl.pytorch.jni.JniUtils", "setSeed", "long")
                .orShould()
                .callMethod("ai.djl.pytorch.jni.JniUtils", "setGraphExecutorOptimize", "boolean")
                .orShould()
                .callMethod("ai.djl.engine.Engine", "setRandomSeed", "int")
                .orShould()
                .callMethod("ai.djl.engine.Engine", "getEngine", "java.lang.String")
                .orShould()
                .callMethod("ai.djl.engine.Engine", "getInstance")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.iedp.launcher..")
                .and()
                .doNotHaveFullyQualifiedName("io.iedp.nn.TorchRuntime")
                .should()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(System.class, "clearProperty", String.class)
                .orShould()
                .callMethod(System.class, "setProperties", Properties.class)
                .orShould()
                .callMethod(System.class, "getProperties")
                .check(CLASSES);
    }

    /** Of these, one opens fields of DJL, one the JDK's way to free memory, and the others classes of plugins. */
    @Test
    void fewClassesOpenWhatIsPrivate() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.iedp\\.(nn\\.DjlInternals|nn\\.files\\.DirectMemory"
                        + "|config\\.Binder|config\\.plugin\\.ConfigurationRecords|testkit\\.Contracts)")
                .should()
                .callMethod(MethodHandles.class, "privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .orShould()
                .callMethod(Field.class, "setAccessible", boolean.class)
                .orShould()
                .callMethod(Method.class, "setAccessible", boolean.class)
                .orShould()
                .callMethod(Constructor.class, "setAccessible", boolean.class)
                .orShould()
                .callMethod(AccessibleObject.class, "setAccessible", boolean.class)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.iedp.launcher.(*)..",
                "io.iedp.api.(*)..",
                "io.iedp.engine.(*)..",
                "io.iedp.config.(*)..",
                "io.iedp.verify.(*)..",
                "io.iedp.export.(*)..",
                "io.iedp.serve.(*).."
            })
    void packagesFormNoCircles(String pattern) {
        slices().matching(pattern).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyWritesToTheStandardStreams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
