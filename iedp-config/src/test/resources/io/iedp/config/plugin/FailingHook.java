package acme;

import io.iedp.api.ApiVersion;
import io.iedp.api.IedpPlugin;
import io.iedp.api.UserException;
import io.iedp.api.config.Doc;
import io.iedp.api.hook.Hook;
import io.iedp.api.hook.HookContext;
import io.iedp.api.hook.HookFactory;
import io.iedp.api.hook.StepReport;
import java.util.List;
import java.util.Map;

/** A hook that stops working at some event. */
@ApiVersion(ApiVersion.CURRENT)
public final class FailingHook implements IedpPlugin, HookFactory<FailingHook.Config> {
    public enum When { STARTED, STEP, STATE, SORRY, CLOSED, NEVER }

    public record Config(@Doc("When it fails.") When when) {}

    public List<HookFactory<?>> hooks() { return List.of(this); }
    public String type() { return "acme/failing-hook"; }
    public String description() { return "Fails."; }
    public Class<Config> configuration() { return Config.class; }

    public Hook create(Config config, HookContext context) {
        return new Hook() {
            public void started(int step) { at(When.STARTED); }
            public Map<String, String> state() { at(When.STATE); return Map.of(); }
            public void close() { at(When.CLOSED); }
            public void afterStep(StepReport step) {
                at(When.STEP);
                if (config.when() == When.SORRY) {
                    throw new UserException("the disk is full");
                }
                context.say("own classes " + (Thread.currentThread().getContextClassLoader() == FailingHook.class.getClassLoader()));
            }
            private void at(When when) {
                if (when == config.when()) {
                    throw new IllegalStateException("broke when " + when);
                }
            }
        };
    }
}
