package io.iedp.nn.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a weights file is by its first bytes; its name says nothing reliable. */
enum FileKind {
    TORCH_ZIP,
    TORCH_LEGACY,
    SAFETENSORS;

    private static final int HEAD = 9;
    private static final int ZIP = 0x04034b50;

    /**
     * @throws io.iedp.api.UserException if it is none of these
     */
    static FileKind of(MappedFile file) {
        if (file.size() >= HEAD) {
            ByteBuffer head = file.map(0, HEAD, "the beginning");
            try {
                if (head.getInt(0) == ZIP) {
                    return TORCH_ZIP;
                }
                if (Byte.toUnsignedInt(head.get(0)) == 0x80 && head.get(1) >= 2 && head.get(1) <= 5) {
                    return TORCH_LEGACY;
                }
                if (head.get(HEAD - 1) == '{') {
                    return SAFETENSORS;
                }
                if (StandardCharsets.US_ASCII.decode(head).toString().equals("version h")) {
                    throw file.broken(
                            "it is not the weights, but a pointer of Git LFS to them; in its repository, 'git lfs pull' gets them");
                }
            } finally {
                DirectMemory.free(head);
            }
        }
        throw file.broken("it is neither a safetensors file nor one of PyTorch's (.ckpt, .pt, .bin)");
    }
}
