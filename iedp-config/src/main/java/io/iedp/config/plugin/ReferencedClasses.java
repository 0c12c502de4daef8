package io.iedp.config.plugin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

/** The classes that a class file refers to, after the Java Virtual Machine Specification, section 4.4. */
final class ReferencedClasses {
    private static final int MAGIC = 0xCAFEBABE;

    private ReferencedClasses() {}

    /**
     * @return binary names, without arrays and primitive types
     * @throws IOException if this is no class file
     */
    static Set<String> in(InputStream classFile) throws IOException {
        DataInputStream in = new DataInputStream(classFile);
        if (in.readInt() != MAGIC) {
            throw new IOException("no class file");
        }
        in.readInt(); // minor and major version
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // such a constant takes two entries
                }
                default -> throw new IOException("unknown constant " + tag);
            }
        }
        Set<String> names = new TreeSet<>();
        for (int index : classes) {
            if (index > 0) {
                String name = texts[index].replaceFirst("^\\[+L(.*);$", "$1");
                if (!name.startsWith("[")) {
                    names.add(name.replace('/', '.'));
                }
            }
        }
        return names;
    }
}
