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
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. All modules are on the class path of the launcher's tests. */
class ArchitectureTest {
    private static final List<String> NEURAL = List.of("backbone", "conditioning", "heads");
    private static final List<String> PLAIN = List.of("tasks", "datasets", "hooks");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.iedp");

    static Stream<String> plugins() {
        return Stream.concat(NEURAL.stream(), PLAIN.stream());
    }

    private static String inside(String module) {
        return "io.iedp." + module + "..";
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "nn", "backbone", "conditioning", "heads", "tasks", "datasets", "hooks", "launcher"})
    void theRulesSeeTheModule(String module) {
        assertThat(CLASSES.that(resideInAPackage(inside(module)))).hasSizeGreaterThan(5);
    }

    @Test
    void theRulesKnowEveryPlugin() {
        assertThat(ServiceLoader.load(IedpPlugin.class).stream()
                        .map(provider -> provider.type().getPackageName())
                        .filter(name -> name.startsWith("io.iedp."))
                        .map(name -> name.split("\\.")[2]))
                .containsExactlyInAnyOrderElementsOf(plugins().toList());
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void aPluginKnowsTheApiAndNoOtherModule(String module) {
        String[] strangers = Stream.concat(Stream.of("nn", "launcher"), plugins())
                .filter(other -> !other.equals(module))
                .filter(other -> !(other.equals("nn") && NEURAL.contains(module)))
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(inside(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(strangers)
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

    @Test
    void theNeuralBaseKnowsTheApiOnly() {
        String[] above = Stream.concat(Stream.of("launcher"), plugins())
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("io.iedp.nn..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .check(CLASSES);
    }

    @Test
    void theLauncherSeesPluginsAtRunTimeOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.iedp.launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(plugins().map(ArchitectureTest::inside).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void nobodyButTheLauncherAssembles() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.iedp.launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "jakarta.inject..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.google.inject: engine",
                "org.yaml.snakeyaml: config",
                "picocli: cli",
                "org.knowm.xchart: report",
                "java.util.ServiceLoader: plugin"
            })
    void aLibraryHasOnePlaceInTheLauncher(String line) {
        String[] parts = line.split(": ");

        noClasses()
                .that()
                .resideOutsideOfPackage("io.iedp.launcher." + parts[1] + "..")
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

    @ParameterizedTest
    @ValueSource(strings = {"io.iedp.launcher.(*)..", "io.iedp.api.(*).."})
    void packagesFormNoCircles(String pattern) {
        slices().matching(pattern).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyWritesToTheStandardStreams() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }
}
