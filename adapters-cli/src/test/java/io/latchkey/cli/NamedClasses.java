package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The classes on a class path, and which classes each of them names: in code, in the types of its members, and as its
 * supertypes. Names in annotations are not counted, because Java ignores annotations that it cannot load.
 *
 * @param byName the class files, by the class's name with dots
 * @param providers what the jars name for {@link java.util.ServiceLoader}
 */
record NamedClasses(Map<String, byte[]> byName, Set<String> providers) {
    private static final String SUFFIX = ".class";
    private static final String SERVICES = "META-INF/services/";

    static NamedClasses in(Collection<Path> jars) throws IOException {
        Map<String, byte[]> byName = new HashMap<>();
        Set<String> providers = new TreeSet<>();
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
                for (JarEntry entry : jar.versionedStream().toList()) {
                    String name = entry.getName();
                    if (name.endsWith(SUFFIX)) {
                        byName.putIfAbsent(
                                dotted(name), jar.getInputStream(entry).readAllBytes());
                    } else if (name.startsWith(SERVICES) && !entry.isDirectory()) {
                        new String(jar.getInputStream(entry).readAllBytes(), UTF_8)
                                .lines()
                                .map(line -> line.replaceFirst("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .forEach(providers::add);
                    }
                }
            }
        }
        return new NamedClasses(byName, providers);
    }

    /** The classes of the modules in a Java of its own. */
    static Set<String> ofRuntime(Path home) throws IOException {
        Set<String> names = new HashSet<>();
        try (FileSystem modules = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
                Stream<Path> files = Files.walk(modules.getPath("/modules"), 100)) {
            files.filter(file -> file.getNameCount() > 2 && file.toString().endsWith(SUFFIX))
                    .map(file -> dotted(file.subpath(2, file.getNameCount()).toString()))
                    .forEach(names::add);
        }
        return names;
    }

    private static String dotted(String file) {
        return file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** The classes that one of these names. */
    Set<String> namedBy(String name) {
        ClassModel model = ClassFile.of().parse(byName.get(name));
        Set<String> named = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> add(type.asSymbol(), named);
                case NameAndTypeEntry member -> addAll(member.type().stringValue(), named);
                case MethodTypeEntry method -> addAll(method.descriptor().stringValue(), named);
                default -> {}
            }
        }
        model.fields().forEach(field -> addAll(field.fieldType().stringValue(), named));
        model.methods().forEach(method -> addAll(method.methodType().stringValue(), named));
        return named;
    }

    private static void addAll(String descriptor, Set<String> names) {
        if (descriptor.startsWith("(")) {
            MethodTypeDesc method = MethodTypeDesc.ofDescriptor(descriptor);
            method.parameterList().forEach(type -> add(type, names));
            add(method.returnType(), names);
        } else {
            add(ClassDesc.ofDescriptor(descriptor), names);
        }
    }

    private static void add(ClassDesc type, Set<String> names) {
        ClassDesc element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        if (!element.isPrimitive()) {
            String descriptor = element.descriptorString();
            names.add(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        }
    }

    /** The jars of some folders. */
    static List<Path> jars(Path... folders) {
        return Stream.of(folders)
                .flatMap(folder -> {
                    try (Stream<Path> files = Files.list(folder)) {
                        return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
