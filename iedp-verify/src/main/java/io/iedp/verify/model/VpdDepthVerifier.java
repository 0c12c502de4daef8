package io.iedp.verify.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import io.iedp.api.data.Batch;
import io.iedp.api.data.Sample;
import io.iedp.api.nn.Kernels;
import io.iedp.checkpoints.PublishedForm;
import io.iedp.checkpoints.PublishedHead;
import io.iedp.config.plugin.Catalog;
import io.iedp.engine.model.Assembly;
import io.iedp.nn.Scopes;
import io.iedp.verify.RecordedCase;
import io.iedp.verify.Verifier;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cases of VPDDepth: the joined features, and depth in metres. */
public final class VpdDepthVerifier implements Verifier {
    private static final String CLASSES = "encoder.class_embeddings";

    private final Catalog catalog;

    public VpdDepthVerifier(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String kind() {
        return "vpd-depth";
    }

    @Override
    public Map<String, NDArray> compute(RecordedCase recorded) {
        Joined joined = new Joined();
        try (VpdCase own = VpdCase.open(recorded);
                Assembly assembly = own.build(
                        own.experiment(
                                catalog,
                                PublishedHead.DEPTH_DECODER.settings(own.head(), own.levels()),
                                "guidance.%s=%s".formatted(VpdCase.BRANCH, own.classEmbeddings(CLASSES)),
                                "guidance.%s.select=scene".formatted(VpdCase.BRANCH),
                                "task={type: depth, clip: false}"),
                        VpdCase.data(0, own.meta().number("max_depth", 10)),
                        joined::watch,
                        PublishedForm.VPD_DEPTH)) {
            assembly.pack();
            List<Map<String, String>> texts = Arrays.stream(recorded.input("class_ids")
                            .toType(DataType.INT64, true)
                            .toLongArray())
                    .mapToObj(id -> Map.of(Sample.SCENE, VpdCase.className(id)))
                    .toList();
            Batch batch = assembly.batch(own.samples(recorded.input("image_u8"), Map.of(), texts));
            Map<String, NDArray> computed = new LinkedHashMap<>();
            own.put(
                    computed,
                    "pred_d",
                    assembly.tasks()
                            .main()
                            .task()
                            .protocol()
                            .infer(assembly.model().forwardPass(assembly.tasks().main()), batch));
            computed.put("conv_feats", joined.features());
            return own.kept(computed);
        }
    }

    /**
     * Sees the joined features pass: they are the ReLU of the last group normalization before the first transposed
     * convolution.
     */
    private static final class Joined {
        private NDArray norm;
        private boolean passed;

        Kernels watch(Kernels kernels) {
            InvocationHandler watcher = (proxy, method, arguments) -> {
                Object result = call(kernels, method, arguments);
                passed |= method.getName().equals("transposedConv2d");
                if (!passed && method.getName().equals("groupNorm")) {
                    norm = Scopes.unscoped(((NDArray) result).duplicate());
                }
                return result;
            };
            return (Kernels)
                    Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, watcher);
        }

        private static Object call(Kernels kernels, Method method, Object... arguments) throws Throwable {
            try {
                return method.invoke(kernels, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        NDArray features() {
            return Activation.relu(norm);
        }
    }
}
