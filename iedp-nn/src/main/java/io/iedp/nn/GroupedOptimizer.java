package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.iedp.api.optim.Optimizer;
import io.iedp.api.optim.ParameterStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** An optimizer over groups of parameters: gathers their gradients, clips them, and keeps what the optimizer needs of each. */
public final class GroupedOptimizer implements AutoCloseable {
    private final TorchKernels kernels;
    private final NDManager manager;
    private final Optimizer optimizer;
    private final List<Group> groups;
    private final List<Member> members = new ArrayList<>();

    /**
     * Parameters that share their settings.
     *
     * @param parameters the arrays to change
     * @param rate factor of the learning rate
     * @param decay weight decay
     */
    public record Group(List<NDArray> parameters, double rate, double decay) {
        public Group {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What the optimizer keeps of one parameter.
     *
     * @param parameter the array that it changes
     * @param state arrays by the optimizer's names for them, in its order
     */
    public record Kept(NDArray parameter, Map<String, NDArray> state) {
        public Kept {
            state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
        }
    }

    private record Member(Kept kept, int group) {
        NDArray parameter() {
            return kept.parameter;
        }
    }

    /** The members of one group that gradients have reached. */
    private record Reached(List<Member> members, List<NDArray> gradients) {}

    public GroupedOptimizer(TorchKernels kernels, NDManager parent, Optimizer optimizer, List<Group> groups) {
        this.kernels = kernels;
        this.manager = parent.newSubManager();
        this.optimizer = optimizer;
        this.groups = List.copyOf(groups);
        for (int i = 0; i < groups.size(); i++) {
            for (NDArray parameter : groups.get(i).parameters()) {
                members.add(new Member(new Kept(parameter, zeros(parameter)), i));
            }
        }
    }

    /**
     * Makes one step from the gradients that have gathered, then clears them. Parameters that no gradient
     * has reached stay as they are. When the norm is no finite number, nothing changes, and the gradients stay.
     *
     * @param rate the learning rate, before each group's factor
     * @param momentum in the place of the optimizer's own, if it is to have another
     * @param clipNorm the largest norm of all gradients together; 0 for no limit
     * @return the norm of all gradients together, before clipping
     */
    public double step(double rate, OptionalDouble momentum, double clipNorm) {
        try (Gradients.Recording off = Gradients.pause();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Reached reached = reached();
            double norm = kernels.norm(reached.gradients);
            if (!Double.isFinite(norm)) {
                return norm;
            }
            if (clipNorm > 0 && norm > clipNorm) {
                kernels.scale(reached.gradients, clipNorm / norm);
            }
            for (int group = 0; group < groups.size(); group++) {
                List<ParameterStep.Entry> entries = entries(reached, group);
                if (!entries.isEmpty()) {
                    Group settings = groups.get(group);
                    optimizer.step(new ParameterStep(entries, rate * settings.rate, settings.decay, momentum));
                }
            }
            reached.members.forEach(member -> Gradients.clear(member.parameter()));
            return norm;
        }
    }

    /** {@link #step(double, OptionalDouble, double)} with the optimizer's own momentum. */
    public double step(double rate, double clipNorm) {
        return step(rate, OptionalDouble.empty(), clipNorm);
    }

    /** What is kept of every parameter, in the order of the groups; whoever restores it changes the arrays in place. */
    public List<Kept> kept() {
        return members.stream().map(Member::kept).toList();
    }

    /** Frees what is kept. */
    @Override
    public void close() {
        manager.close();
    }

    private Reached reached() {
        Reached reached = new Reached(new ArrayList<>(), new ArrayList<>());
        for (Member member : members) {
            Optional<NDArray> gradient = Gradients.of(member.parameter());
            if (gradient.isPresent()) {
                reached.members.add(member);
                reached.gradients.add(gradient.get());
            }
        }
        if (reached.members.isEmpty()) {
            throw new IllegalStateException("No gradient has reached any parameter");
        }
        return reached;
    }

    private static List<ParameterStep.Entry> entries(Reached reached, int group) {
        List<ParameterStep.Entry> entries = new ArrayList<>();
        for (int i = 0; i < reached.members.size(); i++) {
            Member member = reached.members.get(i);
            if (member.group == group) {
                entries.add(new ParameterStep.Entry(member.parameter(), reached.gradients.get(i), member.kept.state()));
            }
        }
        return entries;
    }

    private Map<String, NDArray> zeros(NDArray parameter) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        optimizer.state(parameter.getShape()).forEach((name, shape) -> {
            if (name.isBlank() || name.contains(".")) {
                throw new IllegalArgumentException(
                        "What %s keeps of parameters is named '%s', but such a name must not be empty or have a dot"
                                .formatted(optimizer.getClass().getName(), name));
            }
            state.put(name, Scopes.unscoped(manager.zeros(shape)));
        });
        return state;
    }
}
