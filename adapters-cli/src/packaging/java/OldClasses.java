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
 * picocli, whose class files have the form of Java 5: no cache holds those, because only newer ones say how they are
 * verified.
 *
 * <p>Besides, picocli asks for Groovy's closures when it wakes. They are not there, and to find that out Java opens every
 * jar; it is told a class instead that is, and of which nothing is ever an instance.
 */
final class OldClasses {
    private static final int JAVA_17 = 61;
    private static final String CLOSURE = "groovy.lang.Closure";

    private OldClasses() {}

    static void lift(Path jar, Path copy) throws IOException {
        URL[] itself = {jar.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(itself, ClassLoader.getPlatformClassLoader())) {
            ClassFile form = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            Jar.rewrite(
                    jar,
                    copy,
                    Map.of("X-Changed-By", "Latchkey: class files of Java 17, no question for Groovy"),
                    (name, content) -> name.endsWith(".class") ? lift(form, content) : content);
        }
    }

    private static byte[] lift(ClassFile form, byte[] content) {
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
