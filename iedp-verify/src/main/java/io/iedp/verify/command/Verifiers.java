package io.iedp.verify.command;

import io.iedp.config.plugin.Catalog;
import io.iedp.verify.Verifier;
import io.iedp.verify.backbone.BackboneVerifier;
import io.iedp.verify.backbone.CheckpointVerifier;
import io.iedp.verify.backbone.UnetVerifier;
import io.iedp.verify.backbone.VaeVerifier;
import io.iedp.verify.conditioning.CheckpointTextVerifier;
import io.iedp.verify.conditioning.ClipPixelsVerifier;
import io.iedp.verify.conditioning.ClipTextVerifier;
import io.iedp.verify.conditioning.ClipVisionVerifier;
import io.iedp.verify.conditioning.OpenAiClipVerifier;
import io.iedp.verify.conditioning.TextAdapterVerifier;
import io.iedp.verify.conditioning.TokenizerVerifier;
import io.iedp.verify.files.PickleVerifier;
import io.iedp.verify.heads.DepthDecoderVerifier;
import io.iedp.verify.heads.HeadsVerifier;
import io.iedp.verify.model.VpdDepthVerifier;
import io.iedp.verify.model.VpdReferringVerifier;
import io.iedp.verify.model.VpdSegmentationVerifier;
import io.iedp.verify.model.VpdTrainingVerifier;
import io.iedp.verify.pretraining.ContrastiveLossVerifier;
import io.iedp.verify.pretraining.DenoisingLossVerifier;
import io.iedp.verify.pretraining.PipelineVerifier;
import io.iedp.verify.pretraining.ReconstructionLossVerifier;
import io.iedp.verify.pretraining.SchedulersVerifier;
import io.iedp.verify.tasks.MetricsVerifier;
import io.iedp.verify.tasks.SegmentationLossVerifier;
import io.iedp.verify.training.OptimizerVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Everything that computes recorded cases anew.
 *
 * @param all the project's, then those of other jars on the class path
 */
public record Verifiers(List<Verifier> all) {
    public Verifiers {
        all = List.copyOf(all);
    }

    /**
     * @param catalog of the components that whole models are built of
     */
    public static Verifiers of(Catalog catalog) {
        List<Verifier> all = new ArrayList<>(List.of(
                new PickleVerifier(),
                new UnetVerifier(),
                new VaeVerifier(),
                new CheckpointVerifier(),
                new BackboneVerifier(),
                new ClipTextVerifier(),
                new ClipVisionVerifier(),
                new OpenAiClipVerifier(),
                new CheckpointTextVerifier(),
                new ClipPixelsVerifier(),
                new TokenizerVerifier(),
                new TextAdapterVerifier(),
                new HeadsVerifier(),
                new DepthDecoderVerifier(),
                new MetricsVerifier(),
                new SegmentationLossVerifier(catalog),
                new SchedulersVerifier(),
                new PipelineVerifier(),
                new ReconstructionLossVerifier(),
                new ContrastiveLossVerifier(),
                new DenoisingLossVerifier(),
                new VpdSegmentationVerifier(catalog),
                new VpdDepthVerifier(catalog),
                new VpdReferringVerifier(catalog),
                new VpdTrainingVerifier(catalog),
                new OptimizerVerifier(catalog)));
        ServiceLoader.load(Verifier.class, Verifiers.class.getClassLoader()).forEach(all::add);
        return new Verifiers(all);
    }

    /** Those of one kind of case, each of which may compute a part of it. */
    public List<Verifier> of(String kind) {
        return all.stream().filter(verifier -> verifier.kind().equals(kind)).toList();
    }
}
