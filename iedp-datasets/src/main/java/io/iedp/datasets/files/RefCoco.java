package io.iedp.datasets.files;

import io.iedp.api.UserException;
import io.iedp.api.config.Default;
import io.iedp.api.config.Doc;
import io.iedp.api.config.NotEmpty;
import io.iedp.api.config.Range;
import io.iedp.api.data.Dataset;
import io.iedp.api.data.DatasetInfo;
import io.iedp.api.data.RgbImage;
import io.iedp.api.data.Sample;
import io.iedp.datasets.transform.Resize;
import io.iedp.io.image.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * RefCOCO and RefCOCO+ (Yu et al., 2016), and RefCOCOg (Mao et al., 2016), in the layout of the REFER toolbox: a sample
 * is an expression, with the mask of what it refers to in a picture of COCO. The references are published as a Python
 * pickle, which is read as data; the same in JSON goes before it, where there is such a file.
 */
public final class RefCoco implements Dataset {
    /** What an experiment file says about the data set {@code refcoco}. */
    public record Config(
            @Doc("The folder with refcoco, refcoco+ or refcocog in it, and images.")
            Path root,

            @Doc("Which one: the name of its folder.") @Default("refcoco") @NotEmpty
            String dataset,

            @Doc("Who split it: unc, google or umd, as in refs(unc).p; the same in JSON goes before it.")
            @Default("unc")
            @NotEmpty
            String splitBy,

            @Doc("The part to read: train, val, testA or testB, or test.") @Default("train") @NotEmpty
            String split,

            @Doc(
                    "The expressions of each object: all, each a sample; first, that one only; or random, of which an epoch of training "
                            + "takes one at random, as VPD does, while a measurement takes all.")
            @Default("all")
            Sentences sentences,

            @Doc(
                    "Edge of the square that pictures and masks are resized to, in pixels, whatever their proportions: VPD trains and "
                            + "measures at 512. Without it they have their own sizes.")
            @Range(min = 1, max = 65536)
            Optional<Integer> size,

            @Doc("The folder train2014 of COCO; without it, it is looked for in the root, its folder images, and in"
                    + " images/mscoco/images.")
            Optional<Path> images,

            @Doc("Use only the first expressions.") @Range(min = 1, max = 1e9)
            Optional<Integer> limit) {}

    /** Which expressions of an object are samples. */
    public enum Sentences {
        ALL,
        FIRST,
        RANDOM
    }

    /**
     * @param reference which of the references it is of, from 0
     */
    private record Expression(String name, int reference, Path image, String text, CocoMask mask) {}

    private final List<Expression> expressions;
    /** Resizing to one size draws no numbers. */
    private static final RandomGenerator NOTHING_RANDOM = new Random(0);

    private final boolean random;
    private final Optional<Resize> resize;
    private final List<String> problems;

    private RefCoco(List<Expression> expressions, Config config) {
        this.expressions = List.copyOf(expressions);
        this.random = config.sentences == Sentences.RANDOM;
        this.resize = config.size.map(size -> new Resize(new Resize.Config(size, size, false, 1, 1, true)));
        MissingFiles missing = new MissingFiles();
        expressions.forEach(each -> missing.look("picture", each.image));
        this.problems = missing.problems();
    }

    /**
     * Reads references and outlines.
     *
     * @throws UserException if a file is missing or damaged, or there is no such split
     */
    public static Dataset open(Config config) {
        Path folder = Layout.root(config.root, config.dataset).resolve(config.dataset);
        Path images = config.images.orElseGet(() -> Layout.folder(
                config.root,
                "pictures of COCO; set 'images' to where it is",
                List.of("images/train2014", "images/mscoco/images/train2014", "train2014")));
        Path file = references(folder, config.splitBy);
        List<RefCocoFiles.Reference> all = RefCocoFiles.references(file);
        List<RefCocoFiles.Reference> references =
                all.stream().filter(each -> each.split().equals(config.split)).toList();
        if (references.isEmpty()) {
            TreeSet<String> splits =
                    all.stream().map(RefCocoFiles.Reference::split).collect(Collectors.toCollection(TreeSet::new));
            throw new UserException("%s has no split '%s'; it has %s".formatted(file, config.split, splits));
        }
        Set<Long> wanted =
                references.stream().map(RefCocoFiles.Reference::annotation).collect(Collectors.toSet());
        Path instances = folder.resolve("instances.json");
        RefCocoFiles.Instances known = RefCocoFiles.instances(instances, wanted);
        List<Expression> expressions = new ArrayList<>();
        for (int number = 0; number < references.size(); number++) {
            RefCocoFiles.Reference reference = references.get(number);
            CocoMask mask = known.masks().get(reference.annotation());
            String image = known.images().get(reference.image());
            if (mask == null || image == null) {
                throw new UserException("%s has no %s, which the reference %s in %s needs"
                        .formatted(
                                instances,
                                mask == null ? "annotation " + reference.annotation() : "image " + reference.image(),
                                reference.id(),
                                file));
            }
            int count = config.sentences == Sentences.FIRST
                    ? Math.min(1, reference.sentences().size())
                    : reference.sentences().size();
            for (int i = 0; i < count; i++) {
                expressions.add(new Expression(
                        String.format(Locale.ROOT, "%d_%d", reference.id(), i),
                        number,
                        FileNames.in(images, image, instances.toString()),
                        reference.sentences().get(i),
                        mask));
            }
        }
        return new RefCoco(Entry.first(expressions, config.limit), config);
    }

    private static Path references(Path folder, String splitBy) {
        return Layout.file(
                folder,
                "file of references",
                Stream.of("refs(%s).json", "refs_%s.json", "refs.json", "refs(%s).p")
                        .map(name -> name.formatted(splitBy))
                        .toList());
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(List.of(), 0);
    }

    @Override
    public int size() {
        return expressions.size();
    }

    /** With random expressions, one of each object. */
    @Override
    public int[] order(Random random) {
        if (!this.random) {
            return Dataset.super.order(random);
        }
        List<Integer> order = new ArrayList<>();
        List<List<Integer>> objects = new ArrayList<>(IntStream.range(0, expressions.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        index -> expressions.get(index).reference, TreeMap::new, Collectors.toList()))
                .values());
        // Shuffled first: the first draw of a Random tells neighbouring seeds hardly apart.
        Collections.shuffle(objects, random);
        objects.forEach(each -> order.add(each.get(random.nextInt(each.size()))));
        return order.stream().mapToInt(index -> index).toArray();
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public Sample get(int index) {
        Expression expression = expressions.get(index);
        return FileDataset.inMemory(expression.image, () -> {
            Sample whole = sample(expression);
            return resize.map(each -> each.apply(whole, NOTHING_RANDOM)).orElse(whole);
        });
    }

    private static Sample sample(Expression expression) {
        RgbImage image = ImageFiles.readRgb(expression.image);
        return new Sample(
                expression.name,
                image,
                Map.of(Sample.MASK, expression.mask.draw(image.width(), image.height(), expression.image)),
                Map.of(Sample.EXPRESSION, expression.text));
    }
}
