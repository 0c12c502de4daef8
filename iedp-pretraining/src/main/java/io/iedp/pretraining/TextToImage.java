package io.iedp.pretraining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.iedp.api.UserException;
import io.iedp.api.data.RgbImage;
import io.iedp.api.nn.Kernels;
import io.iedp.api.nn.Weights;
import io.iedp.backbone.PublishedWeights;
import io.iedp.backbone.UnetConfig;
import io.iedp.backbone.VaeConfig;
import io.iedp.conditioning.TextEncoder;
import io.iedp.nn.ConfigFile;
import io.iedp.nn.ModelWeights;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Stable Diffusion (Rombach et al., 2022) as it draws pictures of texts: CLIP's text encoder, the UNet that takes the noise
 * out of latents step by step, and the decoder of the autoencoder. With one seed it starts from the same noise on every machine.
 */
public final class TextToImage {
    private static final PictureSize USUAL = new PictureSize(512, 512);

    private final TextEncoder encoder;
    private final NoisePredictor predictor;
    private final LatentDecoder decoder;
    private final Sizes sizes;
    private final int tokens;
    private final NDManager manager;

    /**
     * What to draw.
     *
     * @param negative what the picture is led away from; nothing, and it is led away from any picture
     * @param eta how much of DDPM's noise the sampler DDIM adds, from 0 to 1
     */
    public record Request(
            String prompt,
            String negative,
            PictureSize size,
            long seed,
            int steps,
            ClassifierFreeGuidance guidance,
            double eta) {}

    /**
     * @param channels of the latents
     * @param stride pixels along an edge of one latent
     * @param multiple what the edges of pictures must be multiples of, in pixels
     * @param standard the size of the pictures that the model was trained on, as far as is known
     */
    private record Sizes(int channels, int stride, int multiple, PictureSize standard) {
        static Sizes of(UnetConfig unet, VaeConfig vae, ConfigFile file) {
            int stride = 1 << (vae.channels().size() - 1);
            int multiple = stride << (unet.channels().size() - 1);
            return new Sizes(
                    vae.latentChannels(),
                    stride,
                    multiple,
                    trained(file, stride).orElse(USUAL).rounded(multiple));
        }

        /** What diffusers has in the UNet's configuration: one edge, or height and width. */
        private static Optional<PictureSize> trained(ConfigFile file, int stride) {
            String key = "sample_size";
            if (!file.has(key)) {
                return Optional.empty();
            }
            List<Integer> latents = file.sizes(key, 2, PictureSize.LONGEST / stride);
            if (latents.size() != 2) {
                throw file.wrong("%s is %s, but must be one edge, or height and width".formatted(key, latents));
            }
            return Optional.of(new PictureSize(latents.get(1) * stride, latents.get(0) * stride));
        }

        Shape latents(PictureSize size) {
            size.requireMultiples(multiple);
            return new Shape(1, channels, size.height() / stride, size.width() / stride);
        }
    }

    private TextToImage(
            TextEncoder encoder, NoisePredictor predictor, LatentDecoder decoder, Sizes sizes, NDManager manager) {
        this.encoder = encoder;
        this.predictor = predictor;
        this.decoder = decoder;
        this.sizes = sizes;
        this.manager = manager;
        tokens = encoder.length("the prompt", Optional.empty());
    }

    /**
     * @param user the component that draws, for messages
     * @param manager owns the model
     * @throws UserException if a part is missing, damaged, not supported, or does not go with the others
     */
    public static TextToImage load(String user, PublishedModel model, NDManager manager, Kernels kernels) {
        Weights weights = new ModelWeights(manager, 0).frozen();
        TextEncoder encoder = model.text(user).load(weights.scope("text"), kernels);
        try (PublishedWeights networks = model.networks()) {
            UnetConfig unet = UnetConfig.parse(networks.unetConfig());
            VaeConfig vae = VaeConfig.parse(networks.vaeConfig());
            check(model, unet, vae, encoder);
            Sizes sizes = Sizes.of(unet, vae, networks.unetConfig());
            LatentDecoder decoder = LatentDecoder.load(networks.vae(), vae, weights.scope("vae"), kernels);
            NoisePredictor predictor = NoisePredictor.load(networks.unet(), unet, weights.scope("unet"), kernels);
            return new TextToImage(encoder, predictor, decoder, sizes, manager);
        }
    }

    private static void check(PublishedModel model, UnetConfig unet, VaeConfig vae, TextEncoder encoder) {
        if (unet.inChannels() != vae.latentChannels() || unet.outChannels() != vae.latentChannels()) {
            throw new UserException(
                    "%s: the UNet takes %s channels and gives %s, but the autoencoder's latents have %s. A model for inpainting, depth or upscaling needs more than a text."
                            .formatted(model.weights(), unet.inChannels(), unet.outChannels(), vae.latentChannels()));
        }
        if (unet.contextWidth() != encoder.width()) {
            throw new UserException(
                    "%s: the text encoder's tokens are %s wide, but the UNet takes %s. Both must be of one Stable Diffusion: 768 for version 1, 1024 for version 2."
                            .formatted(model.weights(), encoder.width(), unet.contextWidth()));
        }
    }

    /** The size of the pictures that the model was trained on, as far as is known. */
    public PictureSize standardSize() {
        return sizes.standard();
    }

    /** What the edges of pictures must be multiples of, in pixels. */
    public int sizeMultiple() {
        return sizes.multiple();
    }

    /** How many tokens of a text the model sees, the start and the end among them. */
    public int tokens() {
        return tokens;
    }

    /** What the model does not see of a text; nothing if it sees all. */
    public String beyond(String text) {
        return encoder.beyond(text, tokens);
    }

    /**
     * Draws a picture.
     *
     * @param progress is told how often the UNet has been asked
     * @throws UserException if the size or the sampler does not go with the model
     */
    public RgbImage draw(Request request, SamplerConfig sampler, IntConsumer progress) {
        Shape shape = sizes.latents(request.size());
        Sampler start = sampler.start(request.steps(), request.eta());
        Denoising denoising = new Denoising(predictor, request.guidance(), shape, manager);
        int[] done = {0};
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            double[] latents = denoising.run(
                    start,
                    new GaussianNoise(request.seed(), Math.toIntExact(shape.size())),
                    encode(request.prompt()),
                    encode(request.negative()),
                    after -> progress.accept(++done[0]));
            return Pictures.of(decoder.picture(denoising.latents(latents))).get(0);
        }
    }

    private NDArray encode(String text) {
        return encoder.encode(List.of(text), tokens, manager);
    }
}
