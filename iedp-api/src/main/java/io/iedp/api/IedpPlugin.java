package io.iedp.api;

import io.iedp.api.backbone.BackboneFactory;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.data.DatasetFactory;
import io.iedp.api.data.TransformFactory;
import io.iedp.api.guidance.GuidanceFactory;
import io.iedp.api.head.HeadFactory;
import io.iedp.api.hook.HookFactory;
import io.iedp.api.loss.PixelLossFactory;
import io.iedp.api.nn.WeightStore;
import io.iedp.api.objective.TrainingObjectiveFactory;
import io.iedp.api.optim.OptimizerFactory;
import io.iedp.api.optim.ScheduleFactory;
import io.iedp.api.task.TaskFactory;
import java.util.List;

/**
 * What a jar adds to IEDP. The host finds implementations with {@link java.util.ServiceLoader}: the
 * jar names its class in {@code META-INF/services/io.iedp.api.IedpPlugin}, and the class has a
 * public constructor without parameters and says with {@link ApiVersion} what it was built for.
 *
 * <p>Every method returns an empty list by default, so a plugin overrides only the kinds that it
 * has, and a new kind never breaks an old plugin. Methods must be cheap: they are called to list what
 * is installed, long before anything is built.
 */
public interface IedpPlugin {
    default List<BackboneFactory<?>> backbones() {
        return List.of();
    }

    default List<GuidanceFactory<?>> guidance() {
        return List.of();
    }

    default List<HeadFactory<?>> heads() {
        return List.of();
    }

    default List<TaskFactory<?>> tasks() {
        return List.of();
    }

    /** Losses of one class a pixel. */
    @Experimental
    default List<PixelLossFactory<?>> losses() {
        return List.of();
    }

    default List<DatasetFactory<?>> datasets() {
        return List.of();
    }

    default List<TransformFactory<?>> transforms() {
        return List.of();
    }

    @Experimental
    default List<TrainingObjectiveFactory<?>> objectives() {
        return List.of();
    }

    @Experimental
    default List<HookFactory<?>> hooks() {
        return List.of();
    }

    /** How weights change by their gradients. */
    @Experimental
    default List<OptimizerFactory<?>> optimizers() {
        return List.of();
    }

    /** How the learning rate changes in the course of training. */
    @Experimental
    default List<ScheduleFactory<?>> schedules() {
        return List.of();
    }

    /** Where weights can be had by name. */
    @Experimental
    default List<WeightStore> weightStores() {
        return List.of();
    }

    /** What the command line gains: {@code iedp TYPE ...}. */
    @Experimental
    default List<CommandFactory<?>> commands() {
        return List.of();
    }
}
