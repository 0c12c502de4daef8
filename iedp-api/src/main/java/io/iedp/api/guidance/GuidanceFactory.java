package io.iedp.api.guidance;

import io.iedp.api.ComponentFactory;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.SampleCheck;

/** Makes a guidance branch; {@code guidance.NAME.type} of an experiment file chooses it. */
public interface GuidanceFactory<C extends Record> extends ComponentFactory<C, GuidanceContext, GuidanceBranch> {
    /**
     * When the branch of a configuration will take part, known before it is made: one that does in training only is not made,
     * nor are its weights looked for, by whoever just predicts. The default has it made each time.
     */
    default GuidanceBranch.Use use(C configuration) {
        return GuidanceBranch.Use.ALWAYS;
    }

    /**
     * What the branch of a configuration asks of each sample, such as a caption. The default is nothing; a sample without it
     * is then found when its turn comes.
     *
     * @param data of the training data, as for {@link GuidanceContext#data}
     * @throws io.iedp.api.UserException if a file that decides it cannot be read
     */
    default SampleCheck check(C configuration, DatasetInfo data) {
        return SampleCheck.NONE;
    }
}
