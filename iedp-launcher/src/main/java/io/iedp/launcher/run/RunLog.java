package io.iedp.launcher.run;

import io.iedp.api.UserException;
import io.iedp.io.text.Secrets;
import io.iedp.io.text.TerminalText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Sends what is logged to the run's own file while the run lasts. */
final class RunLog implements AutoCloseable {
    private final LoggerContext context;
    private final FileAppender appender;

    private RunLog(LoggerContext context, FileAppender appender) {
        this.context = context;
        this.appender = appender;
    }

    /** Without secrets, and without what would do something to a terminal that shows the file. */
    private static final class SafeLayout extends AbstractStringLayout {
        private final PatternLayout pattern;

        SafeLayout(PatternLayout pattern) {
            super(pattern.getCharset());
            this.pattern = pattern;
        }

        @Override
        public String toSerializable(LogEvent event) {
            return TerminalText.of(Secrets.mask(pattern.toSerializable(event)));
        }
    }

    static RunLog open(Path file) {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        FileAppender appender = FileAppender.newBuilder()
                .setName("run " + file)
                .setFileName(file.toString())
                .setLayout(new SafeLayout(PatternLayout.newBuilder()
                        .setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{1} - %msg%n%throwable")
                        .setCharset(StandardCharsets.UTF_8)
                        .setConfiguration(context.getConfiguration())
                        .build()))
                .setConfiguration(context.getConfiguration())
                .build();
        if (appender == null) {
            throw new UserException("The log %s cannot be written".formatted(file));
        }
        appender.start();
        context.getConfiguration().getRootLogger().addAppender(appender, Level.INFO, null);
        context.updateLoggers();
        return new RunLog(context, appender);
    }

    @Override
    public void close() {
        context.getConfiguration().getRootLogger().removeAppender(appender.getName());
        context.updateLoggers();
        appender.stop();
    }
}
