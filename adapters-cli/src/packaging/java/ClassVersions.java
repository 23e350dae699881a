import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;

/**
 * Raises the class files of picocli from the format of Java 5 to that of Java 17. The start-up cache does not hold class
 * files older than Java 6, because they have no stack maps, from which the virtual machine verifies newer ones.
 *
 * <p>Also replaces the name of Groovy's closure class, which picocli looks up when it is loaded. Groovy is not on the class
 * path, and Java opens every jar before it knows that. The lookup finds {@link Void} instead: it is always there and has no
 * instances, so that picocli takes no object for a closure.
 */
final class ClassVersions {
    private static final int JAVA_17 = 61;
    private static final String CLOSURE = "groovy.lang.Closure";

    private ClassVersions() {}

    /** Copies a jar and raises the class files in it. */
    static void raise(Path jar, Path copy) throws IOException {
        URL[] itself = {jar.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(itself, ClassLoader.getPlatformClassLoader())) {
            ClassFile form = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            Jar.rewrite(
                    jar,
                    copy,
                    Map.of("X-Changed-By", "Latchkey: class files of Java 17, no lookup of Groovy"),
                    (name, content) -> name.endsWith(".class") ? raise(form, content) : content);
        }
    }

    private static byte[] raise(ClassFile form, byte[] content) {
        if ((content[7] & 0xff) > ClassFile.JAVA_5_VERSION) {
            return content;
        }
        return form.transformClass(
                form.parse(content),
                ClassTransform.transformingMethodBodies((code, element) -> {
                            if (element instanceof LoadConstantInstruction load
                                    && CLOSURE.equals(load.constantValue())) {
                                code.ldc(code.constantPool().stringEntry("java.lang.Void"));
                            } else {
                                code.with(element);
                            }
                        })
                        .andThen(ClassTransform.endHandler(type -> type.withVersion(JAVA_17, 0))));
    }
}
