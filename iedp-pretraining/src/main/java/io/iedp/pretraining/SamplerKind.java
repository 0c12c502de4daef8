package io.iedp.pretraining;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The samplers that there are, by the names of the command line and by diffusers'. */
public enum SamplerKind {
    DDIM("ddim", "DDIMScheduler"),
    DPM("dpm++", "DPMSolverMultistepScheduler"),
    EULER("euler", "EulerDiscreteScheduler"),
    EULER_ANCESTRAL("euler-a", "EulerAncestralDiscreteScheduler"),
    PNDM("pndm", "PNDMScheduler"),
    UNIPC("unipc", "UniPCMultistepScheduler"),
    LCM("lcm", "LCMScheduler");

    private final String id;
    private final String className;

    SamplerKind(String id, String className) {
        this.id = id;
        this.className = className;
    }

    /** As users write it. */
    public String id() {
        return id;
    }

    /** The class of diffusers. */
    public String className() {
        return className;
    }

    public static Optional<SamplerKind> ofId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    public static Optional<SamplerKind> ofClassName(String className) {
        return Arrays.stream(values())
                .filter(kind -> kind.className.equals(className))
                .findFirst();
    }

    /** All that users may write. */
    static String ids() {
        return Arrays.stream(values()).map(SamplerKind::id).collect(Collectors.joining(", "));
    }
}
