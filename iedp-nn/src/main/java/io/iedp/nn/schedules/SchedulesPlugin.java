package io.iedp.nn.schedules;

import io.iedp.api.IedpPlugin;
import io.iedp.api.training.ScheduleFactory;
import java.util.List;

/** Brings the schedules of the learning rate. */
public final class SchedulesPlugin implements IedpPlugin {
    @Override
    public List<ScheduleFactory<?>> schedules() {
        return List.of(
                new Factory<>(
                        "poly",
                        Poly.class,
                        "Falls to the power of the steps that are left, linearly by default.",
                        c -> c),
                new Factory<>(
                        "cosine",
                        Cosine.class,
                        "Falls along half a cosine, once or several times (Loshchilov and Hutter, SGDR, 2017).",
                        c -> c),
                new Factory<>("constant", Constant.class, "Stays where it is.", c -> (step, steps) -> 1),
                new Factory<>("step", Steps.class, "Falls by a factor at some places.", c -> c),
                new Factory<>(
                        "one-cycle",
                        OneCycle.class,
                        "Rises for half of the epochs and falls for as many more, as VPD trains depth.",
                        c -> c),
                new Factory<>(
                        "cosine-one-cycle",
                        CosineOneCycle.class,
                        "Rises and falls along half a cosine each, as PyTorch's OneCycleLR does (Smith and Topin, 2018).",
                        c -> c));
    }
}
