package io.iedp.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019), fused, over groups of parameters. */
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final TorchKernels kernels;
    private final NDManager manager;
    private final List<Group> groups;
    private final double epsilon;
    private final List<State> states = new ArrayList<>();

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
     * @param mean of the gradient, exponentially weighted; of the parameter's shape
     * @param variance uncentred, likewise
     * @param step how many steps were made, a scalar
     */
    public record Moments(NDArray parameter, NDArray mean, NDArray variance, NDArray step) {}

    private record State(Moments moments, int group) {
        NDArray parameter() {
            return moments.parameter;
        }
    }

    public AdamW(TorchKernels kernels, NDManager parent, List<Group> groups) {
        this(kernels, parent, groups, EPSILON);
    }

    /**
     * @param epsilon is added to the square roots of the variances
     */
    public AdamW(TorchKernels kernels, NDManager parent, List<Group> groups, double epsilon) {
        this.kernels = kernels;
        this.epsilon = epsilon;
        this.manager = parent.newSubManager();
        this.groups = List.copyOf(groups);
        for (int i = 0; i < groups.size(); i++) {
            for (NDArray parameter : groups.get(i).parameters()) {
                Shape shape = parameter.getShape();
                states.add(new State(new Moments(parameter, zeros(shape), zeros(shape), zeros(new Shape())), i));
            }
        }
    }

    /**
     * Makes one step from the gradients that have gathered, then clears them. Parameters that no gradient
     * has reached stay as they are. When the norm is no finite number, nothing changes, and the gradients stay.
     *
     * @param rate the learning rate, before each group's factor
     * @param clipNorm the largest norm of all gradients together; 0 for no limit
     * @return the norm of all gradients together, before clipping
     */
    public double step(double rate, double clipNorm) {
        List<State> reached = new ArrayList<>();
        List<NDArray> gradients = new ArrayList<>();
        try (Gradients.Recording off = Gradients.pause();
                NDScope scope = new NDScope()) {
            for (State state : states) {
                Optional<NDArray> gradient = Gradients.of(state.parameter());
                if (gradient.isPresent()) {
                    reached.add(state);
                    gradients.add(gradient.get());
                }
            }
            if (reached.isEmpty()) {
                throw new IllegalStateException("No gradient has reached any parameter");
            }
            double norm = kernels.norm(gradients);
            if (!Double.isFinite(norm)) {
                return norm;
            }
            if (clipNorm > 0 && norm > clipNorm) {
                kernels.scale(gradients, clipNorm / norm);
            }
            update(reached, gradients, rate);
            reached.forEach(state -> Gradients.clear(state.parameter()));
            return norm;
        }
    }

    /** What is kept of every parameter, in the order of the groups; whoever restores it changes the arrays in place. */
    public List<Moments> moments() {
        return states.stream().map(State::moments).toList();
    }

    /** Frees the moments. */
    @Override
    public void close() {
        manager.close();
    }

    private void update(List<State> reached, List<NDArray> gradients, double rate) {
        for (int group = 0; group < groups.size(); group++) {
            List<NDArray> parameters = new ArrayList<>();
            List<NDArray> ownGradients = new ArrayList<>();
            List<NDArray> means = new ArrayList<>();
            List<NDArray> variances = new ArrayList<>();
            List<NDArray> steps = new ArrayList<>();
            for (int i = 0; i < reached.size(); i++) {
                State state = reached.get(i);
                if (state.group == group) {
                    Moments moments = state.moments;
                    moments.step.addi(1);
                    parameters.add(moments.parameter);
                    ownGradients.add(gradients.get(i));
                    means.add(moments.mean);
                    variances.add(moments.variance);
                    steps.add(moments.step);
                }
            }
            if (!parameters.isEmpty()) {
                Group settings = groups.get(group);
                double own = rate * settings.rate;
                kernels.adamW(
                        parameters, ownGradients, means, variances, steps, own, settings.decay, BETA1, BETA2, epsilon);
            }
        }
    }

    private NDArray zeros(Shape shape) {
        return Scopes.unscoped(manager.zeros(shape));
    }
}
