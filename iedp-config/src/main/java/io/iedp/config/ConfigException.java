package io.iedp.config;

import io.iedp.api.UserException;
import java.util.Comparator;
import java.util.List;

/** All that is wrong with an experiment file, in one report. */
public final class ConfigException extends UserException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final transient List<Problem> problems;

    ConfigException(String file, List<Problem> found) {
        this(sorted(file, found), file);
    }

    private ConfigException(List<Problem> problems, String file) {
        super(report(file, problems));
        this.problems = problems;
    }

    /** In the order of the file; then those of other files, then those of the command line. */
    public List<Problem> problems() {
        return problems;
    }

    private static List<Problem> sorted(String file, List<Problem> found) {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing((Problem each) -> !each.source().equals(file))
                        .thenComparing(each -> each.line() == 0)
                        .thenComparing(Problem::source)
                        .thenComparing(Problem::line)
                        .thenComparing(each -> each.line() == 0 ? 0 : each.column()))
                .toList();
    }

    private static String report(String file, List<Problem> problems) {
        StringBuilder report = new StringBuilder(
                problems.size() == 1
                        ? "1 problem in %s:%n".formatted(file)
                        : "%s problems in %s:%n".formatted(problems.size(), file));
        for (int i = 0; i < Math.min(SHOWN, problems.size()); i++) {
            report.append(problems.get(i).show(i + 1));
        }
        if (problems.size() > SHOWN) {
            report.append("%s more are not shown.".formatted(problems.size() - SHOWN));
        }
        return report.toString().stripTrailing();
    }
}
