package io.iedp.conditioning;

import ai.djl.ndarray.NDManager;
import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.io.file.AtomicFiles;
import io.iedp.io.image.ImageFiles;
import io.iedp.io.text.Csv;
import io.iedp.nn.ModelWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code iedp nearest-captions}: gives each picture the caption of the one that CLIP takes for the most alike. It stands in
 * for a captioner, as TADP (Kondapaneni et al., 2024) has one, where there is none.
 */
final class NearestCaptions implements CommandFactory<NearestCaptionsConfig> {
    private static final Pattern PICTURE = Pattern.compile("\\.(jpe?g|png)$", Pattern.CASE_INSENSITIVE);

    @Override
    public String type() {
        return "nearest-captions";
    }

    @Override
    public Class<NearestCaptionsConfig> configuration() {
        return NearestCaptionsConfig.class;
    }

    @Override
    public String description() {
        return "Gives pictures the captions of those that CLIP finds the most like them, for the guidance caption.";
    }

    @Override
    public Command create(NearestCaptionsConfig configuration, CommandContext context) {
        return () -> {
            run(configuration, context);
            return 0;
        };
    }

    /** A picture by its name, with what CLIP sees in it. */
    private record Seen(String name, float[] embedding) {
        double likeness(Seen other) {
            double sum = 0;
            for (int i = 0; i < embedding.length; i++) {
                sum += embedding[i] * other.embedding[i];
            }
            return sum;
        }
    }

    private static void run(NearestCaptionsConfig configuration, CommandContext context) {
        CaptionFile captions = CaptionFile.read(configuration.captions());
        List<Path> files = pictures(configuration.images());
        String prefix = configuration.among().replaceAll("/+$", "") + "/";
        List<String> lenders = files.stream()
                .map(file -> name(configuration, file))
                .filter(name -> name.startsWith(prefix))
                .toList();
        if (lenders.size() < 2) {
            throw new UserException("nearest-captions: %s must have two pictures at least, but has %s"
                    .formatted(configuration.images().resolve(configuration.among()), lenders.size()));
        }
        lenders.forEach(name -> captionOf(captions, name));
        List<Seen> seen = look(configuration, files, context);
        List<Seen> lending =
                seen.stream().filter(each -> each.name().startsWith(prefix)).toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "caption", "nearest"));
        for (Seen each : seen) {
            String nearest = nearest(each, lending);
            rows.add(List.of(each.name(), captionOf(captions, nearest), nearest));
        }
        write(configuration.to(), rows);
        context.say("%s has the captions of %s pictures, taken from %s."
                .formatted(configuration.to(), seen.size(), lenders.size()));
    }

    private static String nearest(Seen one, List<Seen> lending) {
        return lending.stream()
                .filter(other -> !other.name().equals(one.name()))
                .reduce((best, other) -> other.likeness(one) > best.likeness(one) ? other : best)
                .orElseThrow()
                .name();
    }

    private static String captionOf(CaptionFile captions, String name) {
        String joined = name.replace('/', '_');
        return captions.of(joined).orElseThrow(() -> new UserException(captions.missing(joined)));
    }

    private static List<Path> pictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserException("nearest-captions: there is no folder %s".formatted(folder));
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> PICTURE.matcher(file.toString()).find())
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("nearest-captions: %s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static String name(NearestCaptionsConfig configuration, Path file) {
        return CaptionFile.withoutEnding(
                configuration.images().relativize(file).toString().replace('\\', '/'));
    }

    private static List<Seen> look(NearestCaptionsConfig configuration, List<Path> files, CommandContext context) {
        try (NDManager manager = context.manager().newSubManager()) {
            ImageEmbedding embedding = ImageEmbedding.load(
                    configuration.weights().path(),
                    configuration.fit(),
                    new ModelWeights(manager, 0).frozen(),
                    context.kernels());
            return IntStream.range(0, files.size())
                    .mapToObj(i -> {
                        context.advanced("pictures", i + 1, files.size());
                        Path file = files.get(i);
                        return new Seen(name(configuration, file), embedding.of(ImageFiles.readRgb(file), manager));
                    })
                    .toList();
        }
    }

    private static void write(Path to, List<List<String>> rows) {
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            AtomicFiles.write(to, Csv.text(rows));
        } catch (IOException e) {
            throw new UserException("%s cannot be written: %s".formatted(to, e), e);
        }
    }
}
