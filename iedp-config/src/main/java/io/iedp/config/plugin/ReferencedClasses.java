package io.iedp.config.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/**
 * The classes that a class file refers to: in its code, which its constants tell, and in what it declares. Types of
 * annotations are not among them, since the virtual machine leaves out annotations whose types are not there.
 */
final class ReferencedClasses extends ClassVisitor {
    /** Kinds of constants (Java Virtual Machine Specification, section 4.4). */
    private static final int CLASS = 7;

    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_TYPE = 16;

    private final Set<String> names = new TreeSet<>();

    private ReferencedClasses() {
        super(Opcodes.ASM9);
    }

    /**
     * @param name of the class, for messages
     * @return binary names, without arrays and primitive types
     * @throws IOException if this is no class file, or one of a newer Java than is known
     */
    static Set<String> in(String name, InputStream classFile) throws IOException {
        ReferencedClasses classes = new ReferencedClasses();
        try {
            ClassReader reader = new ClassReader(classFile);
            classes.constants(reader);
            reader.accept(classes, ClassReader.SKIP_CODE);
        } catch (RuntimeException | StackOverflowError e) {
            // ASM trips over nonsense in many ways.
            throw new IOException("%s is no class file, or is damaged: %s".formatted(name, e), e);
        }
        return classes.names;
    }

    private void constants(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            int kind = at == 0 ? 0 : reader.readByte(at - 1); // long constants leave out an entry
            switch (kind) {
                case CLASS -> add(Type.getObjectType(reader.readUTF8(at, buffer)));
                case NAME_AND_TYPE -> add(Type.getType(reader.readUTF8(at + 2, buffer)));
                case METHOD_TYPE -> add(Type.getType(reader.readUTF8(at, buffer)));
                default -> {}
            }
        }
    }

    private void add(Type type) {
        switch (type.getSort()) {
            case Type.OBJECT -> names.add(type.getClassName());
            case Type.ARRAY -> add(type.getElementType());
            case Type.METHOD -> {
                add(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    add(argument);
                }
            }
            default -> {}
        }
    }

    private void generic(String signature) {
        if (signature != null) {
            new SignatureReader(signature).accept(new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public void visitClassType(String name) {
                    add(Type.getObjectType(name));
                }
            });
        }
    }

    @Override
    public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
        generic(signature);
    }

    @Override
    public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
        add(Type.getType(type));
        generic(signature);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
        add(Type.getType(type));
        generic(signature);
        return null;
    }
}
