package io.iedp.nn.files;

import io.iedp.api.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens whatever form of weights a user names. */
public final class WeightFiles {
    private static final List<String> VARIANTS = List.of("", ".fp16", ".bf16");

    private WeightFiles() {}

    /**
     * Opens a safetensors file, a file of PyTorch's, or the index of a sharded one ({@code *.index.json}); which it
     * is, is found out from its content.
     *
     * @throws UserException if there is no such file, it is none of these, or it is damaged
     */
    public static StoredSource open(Path file) {
        if (file.getFileName().toString().endsWith(".json")) {
            return ShardedSource.open(file);
        }
        FileKind kind;
        try (MappedFile mapped = MappedFile.open(file)) {
            kind = FileKind.of(mapped);
        }
        return kind == FileKind.SAFETENSORS ? SafeTensors.open(file) : TorchFile.open(file);
    }

    /**
     * Opens the weights in a folder of the diffusers or transformers library: in one piece or sharded, safetensors
     * rather than pickled, 32-bit rather than a 16-bit variant such as {@code model.fp16.safetensors}.
     *
     * @param name of the safetensors file without its ending, such as {@code model}
     * @param pickledName of the pickled one, such as {@code pytorch_model}
     * @throws UserException if there is none, or it is damaged
     */
    public static StoredSource inFolder(Path folder, String name, String pickledName) {
        List<String> candidates = new ArrayList<>();
        for (String[] form : new String[][] {{name, ".safetensors"}, {pickledName, ".bin"}}) {
            for (String variant : VARIANTS) {
                candidates.add(form[0] + variant + form[1]);
                candidates.add(form[0] + form[1] + ".index" + variant + ".json");
            }
        }
        return candidates.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(WeightFiles::open)
                .orElseThrow(() -> new UserException(
                        "There are no weights in %s: none of %s".formatted(folder, String.join(", ", candidates))));
    }
}
