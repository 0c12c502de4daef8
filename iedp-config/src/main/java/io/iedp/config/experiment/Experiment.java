package io.iedp.config.experiment;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.config.RequiredUnless;
import io.iedp.config.plugin.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An experiment file, bound. */
public record Experiment(
        @Doc("Names the run and its folder.") @NotEmpty String name,

        @Doc("All random choices follow from it.") @Default("0")
        long seed,

        @Doc(
                "Where to compute: auto, cpu, gpu, or gpu:N for the N-th; or several, as in gpu:0,gpu:1, or gpus for all, which "
                        + "share each training batch.")
        @Default("auto")
        String device,

        @Doc(
                "Number type of products in backbone and guidance: fp32, or bf16, faster, smaller and less exact. Weights that "
                        + "train keep 32 bits, and are rounded for each product.")
        @Default("fp32")
        Precision precision,

        @Doc("The folder in which the run's own folder is made.") @Default("runs")
        Path output,

        @Doc(
                "What is learned in the place of a task, such as pre-training; there is no backbone, guidance, head or task then.")
        @Slot(Kind.OBJECTIVE)
        Optional<Component> objective,

        @Doc("The diffusion model that makes the features.") @RequiredUnless(Experiment.OBJECTIVE) @Slot(Kind.BACKBONE)
        Optional<Component> backbone,

        @Doc("The branches that guide the backbone, by name.")
        @RequiredUnless(Experiment.OBJECTIVE)
        @NotEmpty
        @Slot(Kind.GUIDANCE)
        Optional<Map<String, Component>> guidance,

        @Doc("Turns features into predictions.") @RequiredUnless(Experiment.OBJECTIVE) @Slot(Kind.HEAD)
        Optional<Component> head,

        @Doc("What is predicted, and how it is judged.") @RequiredUnless(Experiment.OBJECTIVE) @Slot(Kind.TASK)
        Optional<Component> task,

        @Doc("Further tasks by name, each with a head of its own, on the same features; the main task decides which "
                + "weights are best.")
        @Default("{}")
        Map<String, FurtherTask> moreTasks,

        @Doc("Where the samples come from.") Data data,
        @Doc("How the model is trained.") Training training,

        @Doc("When and how the model is measured.") @Default("{}")
        Evaluation evaluation,

        @Doc("When the state of training is saved, and how much of it is kept.") @Default("{}")
        Checkpoint checkpoint,

        @Doc("Where what frozen encoders make of samples is kept for the next time, if anywhere.") @Default("{}")
        Cache cache,

        @Doc("What goes along with training, such as early stopping or a record for other programs.")
        @Default("[]")
        @Slot(Kind.HOOK)
        List<Component> hooks,

        @Doc("What the report of the run shows.") @Default("{}")
        Report report) {
    /** What the task is called that is not one of {@code more-tasks}. */
    public static final String MAIN_TASK = "main";

    /** The key in the place of those that say what predicts. */
    public static final String OBJECTIVE = "objective";

    /** Each has a model of its own. */
    private static final int MOST_DEVICES = 64;

    public Experiment {
        requireDevice(device);
        if (!name.matches("[^/\\\\\\p{Cntrl}]{1,100}") || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "name is '%s', but it names a folder: it must have no / or \\, not begin with a dot, and be at most 100 letters long"
                            .formatted(name));
        }
        if (objective.isPresent()) {
            refuseBesideObjective("backbone", backbone.isPresent());
            refuseBesideObjective("guidance", guidance.isPresent());
            refuseBesideObjective("head", head.isPresent());
            refuseBesideObjective("task", task.isPresent());
            refuseBesideObjective("more-tasks", !moreTasks.isEmpty());
        }
        guidance.ifPresent(all -> all.keySet().forEach(key -> requireName("guidance names a branch", key)));
        moreTasks.keySet().forEach(key -> requireName("more-tasks names a task", key));
        if (moreTasks.containsKey(MAIN_TASK)) {
            throw new IllegalArgumentException(
                    "more-tasks names a task '%s', which is the name of the one that 'task' and 'head' say"
                            .formatted(MAIN_TASK));
        }
    }

    /** Where the third parties' plugins are that the experiment has components of. */
    public List<Path> pluginPlaces() {
        return Components.in(this)
                .flatMap(each -> each.installed().place().stream())
                .distinct()
                .toList();
    }

    /**
     * @throws IllegalArgumentException if this is no name of a device, whether there is such a device or not
     */
    public static void requireDevice(String device) {
        String[] devices = device.split(",", -1);
        boolean known = device.equals("auto")
                || device.equals("gpus")
                || Arrays.stream(devices).allMatch(each -> each.strip().matches("cpu|gpu|gpu:\\d{1,4}"));
        if (!known) {
            throw new IllegalArgumentException(
                    "device must be auto, gpus, cpu, gpu or gpu:N, or several of the last three with commas, not '%s'"
                            .formatted(device));
        }
        if (devices.length > MOST_DEVICES) {
            throw new IllegalArgumentException("device names %s devices, but at most %s can train together"
                    .formatted(devices.length, MOST_DEVICES));
        }
    }

    private static void refuseBesideObjective(String key, boolean present) {
        if (present) {
            throw new IllegalArgumentException(
                    "%s has no place beside objective: what an objective learns has parts of its own".formatted(key));
        }
    }

    private static void requireName(String what, String name) {
        if (!name.matches("[\\w-]+")) {
            throw new IllegalArgumentException(
                    "%s '%s', but such a name has letters, digits, - and _ only, since it is part of parameter names"
                            .formatted(what, name));
        }
    }

    /**
     * What the model that predicts is.
     *
     * @throws UserException if the experiment has an objective instead
     */
    public ModelSpec model() {
        if (objective.isPresent()) {
            throw noModel(name);
        }
        return new ModelSpec(
                seed,
                device,
                precision,
                backbone.orElseThrow(),
                guidance.orElseThrow(),
                head.orElseThrow(),
                task.orElseThrow(),
                moreTasks);
    }

    /** To whoever wants predictions of what learns none. */
    public static UserException noModel(String experiment) {
        return new UserException(
                ("%s learns an objective, so it has no model that predicts; what it learned is in the folder 'weights' of its run, "
                                + "for backbone.weights and guidance of other experiments.")
                        .formatted(experiment));
    }

    /** The same on the data that it would write to disk first, without writing it. */
    public Experiment withDataInMemory() {
        if (data.export().isEmpty()) {
            return this;
        }
        Export export = data.export().get();
        Data inMemory =
                new Data(data.root(), Optional.empty(), export.train(), export.val(), data.augment(), data.workers());
        return new Experiment(
                name,
                seed,
                device,
                precision,
                output,
                objective,
                backbone,
                guidance,
                head,
                task,
                moreTasks,
                inMemory,
                training,
                evaluation,
                checkpoint,
                cache,
                hooks,
                report);
    }

    /** The same as another run. */
    public Experiment at(Path otherOutput, String otherName) {
        return new Experiment(
                otherName,
                seed,
                device,
                precision,
                otherOutput,
                objective,
                backbone,
                guidance,
                head,
                task,
                moreTasks,
                data,
                training,
                evaluation,
                checkpoint,
                cache,
                hooks,
                report);
    }

    /** Number type of products. */
    public enum Precision {
        FP32,
        BF16
    }

    /** Something else to predict from the features. */
    public record FurtherTask(
            @Doc("Turns features into predictions.") @Slot(Kind.HEAD)
            Component head,

            @Doc("What is predicted, and how it is judged.") @Slot(Kind.TASK)
            Component task,

            @Doc("Factor of its loss.") @Default("1") @Range(min = 0, max = 1e6)
            double weight) {}

    /** Where the samples come from. */
    public record Data(
            @Doc("A folder that other keys may refer to, as in ${data.root}/train; nothing else reads it.")
            Optional<Path> root,

            @Doc("Data to write to disk before training, unless it is there already.")
            Optional<Export> export,

            @Doc("The samples to train on.") @Slot(Kind.DATASET)
            Component train,

            @Doc("The samples to measure on.") @Slot(Kind.DATASET)
            Component val,

            @Doc("Changes to each training sample, in their order.") @Default("[]") @Slot(Kind.TRANSFORM)
            List<Component> augment,

            @Doc("Threads that read and change samples ahead of the training step.")
            @Default("2")
            @Range(min = 1, max = 256)
            int workers) {}

    /** Data to write to disk before training. */
    public record Export(
            @Doc("The folder to write, in the layout of ADE20K.")
            Path to,

            @Doc("What becomes the training part.") @Slot(Kind.DATASET)
            Component train,

            @Doc("What becomes the validation part.") @Slot(Kind.DATASET)
            Component val) {}

    /** How the model is trained. */
    public record Training(
            @Doc("Number of optimizer steps.") @Range(min = 1, max = 1e9)
            int steps,

            @Doc("Samples a batch.") @Range(min = 1, max = 65536)
            int batch,

            @Doc("Batches a step: their gradients are averaged, which takes the memory of one.")
            @Default("1")
            @Range(min = 1, max = 65536)
            int accumulate,

            @Doc("Peak learning rate.") @Range(min = 0, max = 10)
            double learningRate,

            @Doc(
                    "Weight decay, as the optimizer has it: decoupled, or with sgd a part of the gradient; norms, biases and other "
                            + "1-D parameters have none.")
            @Default("0.01")
            @Range(min = 0, max = 10)
            double weightDecay,

            @Doc("How weights change by their gradients.") @Default("adamw") @Slot(Kind.OPTIMIZER)
            Component optimizer,

            @Doc("How the learning rate changes in the course of training, warm-up aside.")
            @Default("poly")
            @Slot(Kind.SCHEDULE)
            Component schedule,

            @Doc("The lowest learning rate that the schedule falls to, and one-cycle begins with.")
            @Default("0")
            @Range(min = 0, max = 10)
            double minLearningRate,

            @Doc("Steps over which the learning rate rises linearly from almost 0.")
            @Default("0")
            @Range(min = 0, max = 1e9)
            int warmup,

            @Doc("Largest global norm of the gradient; longer ones are scaled down to it. 0 switches it off.")
            @Default("0")
            @Range(min = 0, max = 1e9)
            double clipNorm,

            @Doc(
                    "Decay of an exponential average of the trained weights, which is measured beside them and which the run "
                            + "then gives. It begins lower: (1 + step) / (10 + step) at most. 0 keeps none.")
            @Default("0")
            @Range(min = 0, max = 0.999999)
            double average,

            @Doc(
                    "A step whose loss or gradient is no finite number changes nothing; training stops after so many in a row.")
            @Default("3")
            @Range(min = 1, max = 1e9)
            int maxBadSteps,

            @Doc(
                    "Whose statistics a head's batch normalizations take in training: of all branches stacked, as one batch, "
                            + "or of each branch by itself, as separate passes would.")
            @Default("joint")
            BatchStatistics batchStatistics,

            @Doc("Settings of their own for parameters whose name matches; the first match counts.") @Default("[]")
            List<ParameterGroup> groups,

            @Doc("Steps between two lines of the log.") @Default("20") @Range(min = 1, max = 1e9)
            int logEvery) {}

    /** Parameters that train with settings of their own. */
    public record ParameterGroup(
            @Doc("Parameter name, with * for any characters, as in backbone.unet.*.") @NotEmpty
            String match,

            @Doc("Factor of the learning rate; 0 freezes the parameters.") @Default("1") @Range(min = 0, max = 1000)
            double learningRate,

            @Doc("Weight decay in the place of training.weight-decay, of norms, biases and other 1-D parameters too.")
            @Range(min = 0, max = 10)
            Optional<Double> weightDecay,

            @Doc(
                    "Layer-wise decay (BEiT): a further factor of the learning rate of the last block that matches, its square for the one "
                            + "before, and so on. Blocks are what follows the match's beginning, such as conv_in, down_blocks.0 and "
                            + "mid_block of backbone.unet.*, in the order in which the model has them.")
            @Default("1")
            @Range(min = 0.01, max = 1)
            double layerDecay) {}

    /** Whose statistics a head's batch normalizations take in training. */
    public enum BatchStatistics {
        JOINT,
        BRANCH
    }

    /** When and how the model is measured. */
    public record Evaluation(
            @Doc("Steps between two evaluations; there is always one at the end. 0 means only that one.")
            @Default("0")
            @Range(min = 0, max = 1e9)
            int every) {}

    /** When the state of training is saved, and how much of it is kept. */
    public record Checkpoint(
            @Doc("Steps between two checkpoints; there is always one at the end. 0 means one at each evaluation.")
            @Default("0")
            @Range(min = 0, max = 1e9)
            int every,

            @Doc("How many of the newest are kept; the weights of the best are kept besides.")
            @Default("2")
            @Range(min = 1, max = 1e6)
            int keep) {}

    /** Where what frozen encoders make of samples is kept. It pays where samples come back unchanged. */
    public record Cache(
            @Doc("The folder, which runs may share; without one, nothing is kept.")
            Optional<Path> folder,

            @Doc("The most that is kept, in MiB; what was not used for longest goes first.")
            @Default("4096")
            @Range(min = 1, max = 1e9)
            int mebibytes) {}

    /** What the report of the run shows. */
    public record Report(
            @Doc("Validation samples that are shown as pictures.") @Default("8") @Range(min = 0, max = 1000)
            int samples,

            @Doc("Measure the prediction that needs no model, such as the majority class, next to the run.")
            @Default("true")
            boolean baseline,

            @Doc(
                    "Measure at the end what words are worth: each guidance branch that is told words about a picture guides the "
                            + "model alone, told the truth, nothing, the words of another picture, or of the one with the least in common.")
            @Default("false")
            boolean prompts,

            @Doc("Runs to measure next to this one: a name, and the key.path=value settings that differ.")
            @Default("{}")
            Map<String, List<String>> references) {}
}
