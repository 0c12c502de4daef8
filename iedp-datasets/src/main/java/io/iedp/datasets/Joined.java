package io.iedp.datasets;

import io.iedp.api.UserException;
import io.iedp.api.config.Chosen;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetContext;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.Sample;
import io.iedp.api.data.SampleOutline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Several data sets as one. Epochs of training visit the samples of each as often as is wanted, and all else visits them once. */
final class Joined implements Dataset {
    /** What an experiment file says about the data set {@code joined}. */
    record Config(
            @Doc(
                    "The data sets, such as [{dataset: {type: ade20k, root: /ade}}, {dataset: {type: folder, root: /own}, repeat: 3}].")
            @NotEmpty
            List<Part> parts) {
        Config {
            parts = List.copyOf(parts);
        }
    }

    /** One of the data sets. */
    record Part(
            @Doc("A data set with its keys.") Chosen<DatasetContext, Dataset> dataset,

            @Doc("How often an epoch of training visits each of its samples.")
            @Default("1")
            @Range(min = 1, max = 100000)
            int repeat) {}

    /**
     * @param first the index of its first sample
     */
    private record Member(String type, Dataset dataset, int repeat, int first) {
        /** Indices in the whole, in the order in which an epoch visits them. */
        int[] visits(Random random) {
            return IntStream.range(0, repeat)
                    .flatMap(time -> Arrays.stream(dataset.order(random)))
                    .map(index -> first + index)
                    .toArray();
        }

        int end() {
            return Math.addExact(first, dataset.size());
        }
    }

    private final List<Member> members;
    private final DatasetInfo info;

    private Joined(List<Member> members) {
        this.members = List.copyOf(members);
        this.info = common(members);
    }

    /**
     * @throws UserException if the classes of one are not those of another, or there are too many samples
     */
    static Dataset open(Config config, DatasetContext context) {
        List<Member> members = new ArrayList<>();
        try {
            int first = 0;
            for (Part part : config.parts()) {
                long seed = context.seed() + 0x9e3779b97f4a7c15L * members.size();
                Member member =
                        new Member(part.dataset().type(), part.dataset().make(() -> seed), part.repeat(), first);
                members.add(member);
                first = member.end();
            }
            return new Joined(members);
        } catch (ArithmeticException e) {
            members.forEach(member -> member.dataset().close());
            throw new UserException("joined: the parts have more than %s samples".formatted(Integer.MAX_VALUE), e);
        } catch (RuntimeException e) {
            members.forEach(member -> member.dataset().close());
            throw e;
        }
    }

    /** The classes of those that have any, which must be the same, and the largest of the depths. */
    private static DatasetInfo common(List<Member> members) {
        Optional<Member> first = members.stream()
                .filter(member -> !member.dataset().info().classes().isEmpty())
                .findFirst();
        for (int i = 0; i < members.size(); i++) {
            List<String> names = members.get(i).dataset().info().classNames();
            List<String> expected =
                    first.map(member -> member.dataset().info().classNames()).orElse(names);
            if (!names.isEmpty() && !names.equals(expected)) {
                throw new UserException(
                        "joined: parts.%s (%s) has other classes than an earlier part (%s): %s. All parts must have the same, in the same order"
                                .formatted(
                                        i,
                                        members.get(i).type(),
                                        first.orElseThrow().type(),
                                        difference(names, expected)));
            }
        }
        return new DatasetInfo(
                first.map(member -> member.dataset().info().classes()).orElse(List.of()),
                members.stream()
                        .mapToDouble(member -> member.dataset().info().maxDepth())
                        .max()
                        .orElse(0));
    }

    private static String difference(List<String> names, List<String> expected) {
        for (int i = 0; i < Math.min(names.size(), expected.size()); i++) {
            if (!names.get(i).equals(expected.get(i))) {
                return "class %s is '%s', not '%s'".formatted(i, names.get(i), expected.get(i));
            }
        }
        return "%s classes, not %s".formatted(names.size(), expected.size());
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int size() {
        return members.get(members.size() - 1).end();
    }

    @Override
    public Sample get(int index) {
        Member member = member(index);
        return member.dataset().get(index - member.first());
    }

    @Override
    public Optional<SampleOutline> outline(int index) {
        Member member = member(index);
        return member.dataset().outline(index - member.first());
    }

    private Member member(int index) {
        return members.stream()
                .filter(member -> index >= member.first() && index < member.end())
                .findFirst()
                .orElseThrow(() -> new IndexOutOfBoundsException(index));
    }

    /** Each part in orders of its own, as many as it is repeated, and the parts shuffled into each other. */
    @Override
    public int[] order(Random random) {
        List<int[]> parts =
                members.stream().map(member -> member.visits(random)).toList();
        int[] order = new int[parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact)];
        int[] taken = new int[parts.size()];
        for (int at = 0; at < order.length; at++) {
            int drawn = random.nextInt(order.length - at);
            int from = 0;
            while (drawn >= parts.get(from).length - taken[from]) {
                drawn -= parts.get(from).length - taken[from];
                from++;
            }
            order[at] = parts.get(from)[taken[from]++];
        }
        return order;
    }

    @Override
    public List<String> problems() {
        return members.stream()
                .flatMap(member -> member.dataset().problems().stream())
                .toList();
    }

    @Override
    public void close() {
        members.forEach(member -> member.dataset().close());
    }
}
