package io.iedp.pretraining;

import io.iedp.api.UserException;
import io.iedp.api.command.Command;
import io.iedp.api.command.CommandContext;
import io.iedp.api.command.CommandFactory;
import io.iedp.api.data.RgbImage;
import io.iedp.api.nn.WeightsPath;
import io.iedp.io.file.TextFiles;
import io.iedp.io.image.ImageFiles;
import io.iedp.nn.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code iedp generate}: pictures from a text. */
final class Generate implements CommandFactory<GenerateConfig> {
    /** Letters of what is left out of a prompt. */
    private static final int SHOWN = 300;

    @Override
    public String type() {
        return "generate";
    }

    @Override
    public Class<GenerateConfig> configuration() {
        return GenerateConfig.class;
    }

    @Override
    public String description() {
        return "Draws pictures of a text with a Stable Diffusion.";
    }

    @Override
    public List<String> details() {
        return List.of(
                "The samplers follow those of diffusers 0.40. The same seed gives the same noise everywhere, and on one machine the same file; "
                        + "what made a picture is in the texts of its PNG file.");
    }

    @Override
    public Command create(GenerateConfig configuration, CommandContext context) {
        return () -> {
            run(configuration, context);
            return 0;
        };
    }

    private void run(GenerateConfig configuration, CommandContext context) {
        List<String> prompts = prompts(configuration);
        PublishedModel published = new PublishedModel(
                configuration.weights().path(), configuration.tokenizer().map(WeightsPath::path));
        SamplerConfig sampler = sampler(configuration, published.scheduler());
        int steps = sampler.start(configuration.steps(), configuration.eta()).timesteps().length;
        TextToImage model = TextToImage.load(type(), published, context.manager(), context.kernels());
        PictureSize size = configuration.size().map(PictureSize::parse).orElseGet(model::standardSize);
        size.requireMultiples(model.sizeMultiple());
        prompts.forEach(prompt -> sayCut("prompt", prompt, model, context));
        sayCut("negative prompt", configuration.negative(), model, context);
        NumberedPictures pictures = NumberedPictures.in(configuration.to());
        configuration.sheet().ifPresent(Generate::requireFolder);
        int count = Math.multiplyExact(prompts.size(), configuration.count());
        context.say("Drawing %s of %s in %s steps of %s ..."
                .formatted(
                        count == 1 ? "a picture" : count + " pictures",
                        size,
                        configuration.steps(),
                        sampler.kind().id()));
        List<RgbImage> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int before = i * steps;
            String prompt = prompts.get(i / configuration.count());
            TextToImage.Request request = request(configuration, prompt, size, configuration.seed() + i);
            RgbImage picture =
                    model.draw(request, sampler, done -> context.advanced("drawing", before + done, count * steps));
            Path file = pictures.next();
            ImageFiles.writePng(picture, facts(published, request, sampler), file);
            if (configuration.prompts().isPresent()) {
                pictures.caption(file, prompt);
            }
            if (configuration.sheet().isPresent()) {
                drawn.add(picture);
            }
            context.say("%s has the seed %s.".formatted(file, request.seed()));
        }
        configuration.sheet().ifPresent(file -> {
            ImageFiles.writePng(ContactSheet.of(drawn), Map.of(), file);
            context.say("%s shows all of them.".formatted(file));
        });
    }

    /** A file that cannot be written is said before the pictures are drawn. */
    private static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new UserException("There is no folder %s for --sheet".formatted(folder));
        }
    }

    private static List<String> prompts(GenerateConfig configuration) {
        if (configuration.prompt().isPresent()) {
            return List.of(configuration.prompt().get());
        }
        Path file = configuration.prompts().orElseThrow();
        List<String> prompts = TextFiles.read(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (prompts.isEmpty()) {
            throw new UserException("%s has no prompt, only blank lines".formatted(file));
        }
        return prompts;
    }

    private static SamplerConfig sampler(GenerateConfig configuration, ConfigFile file) {
        SamplerKind kind = configuration.kind().orElseGet(() -> SamplerConfig.kind(file));
        if (configuration.eta() > 0 && kind != SamplerKind.DDIM) {
            throw new UserException("eta is %s, but only the sampler ddim has such noise, and this is %s."
                    .formatted(configuration.eta(), kind.id()));
        }
        return new SamplerConfig(file, kind, Release.V0_40, configuration.prediction());
    }

    private static void sayCut(String what, String text, TextToImage model, CommandContext context) {
        String beyond = model.beyond(text);
        if (!beyond.isEmpty()) {
            String shown = beyond.length() <= SHOWN
                    ? beyond
                    : "%s ... (%s letters)".formatted(beyond.substring(0, SHOWN), beyond.length());
            context.say("The %s has more than the %s tokens that the text encoder takes. This is left out: %s"
                    .formatted(what, model.tokens(), shown));
        }
    }

    private static TextToImage.Request request(
            GenerateConfig configuration, String prompt, PictureSize size, long seed) {
        return new TextToImage.Request(
                prompt,
                configuration.negative(),
                size,
                seed,
                configuration.steps(),
                new ClassifierFreeGuidance(configuration.scale(), configuration.rescale()),
                configuration.eta());
    }

    /** What makes the same picture again. */
    private static Map<String, String> facts(PublishedModel model, TextToImage.Request request, SamplerConfig sampler) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("prompt", request.prompt());
        facts.put("negative", request.negative());
        facts.put("seed", Long.toString(request.seed()));
        facts.put("steps", Integer.toString(request.steps()));
        facts.put("scale", Double.toString(request.guidance().scale()));
        facts.put("rescale", Double.toString(request.guidance().rescale()));
        facts.put("sampler", sampler.kind().id());
        facts.put("eta", Double.toString(request.eta()));
        facts.put("size", request.size().toString());
        facts.put(
                "weights",
                String.valueOf(model.weights().toAbsolutePath().normalize().getFileName()));
        return facts;
    }
}
