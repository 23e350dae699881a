import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Unpacks native libraries at build time; their jars write them to a temporary folder at every start. */
final class NativeLibraries {
    private static final String OS = System.getProperty("os.name").startsWith("Mac") ? "Mac" : "Linux";
    private static final String ARCH =
            System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");

    private NativeLibraries() {}

    /** Copies a jar without its native libraries, and writes those for this machine to a folder. */
    static void unpack(Path jar, Path copy, Path folder) throws IOException {
        Jar.rewrite(jar, copy, Map.of("X-Changed-By", "Latchkey: native libraries unpacked"), (name, content) -> {
            if (content.length == 0
                    || !(name.startsWith("org/sqlite/native/") || name.startsWith("META-INF/native/lib"))) {
                return content;
            }
            String file = name.substring(name.lastIndexOf('/') + 1);
            if (name.contains("/native/" + OS + "/" + ARCH + "/")
                    || name.contains("epoll_" + ARCH.replace("aarch64", "aarch_64") + ".")) {
                Files.write(folder.resolve(file), content);
            }
            return new byte[0];
        });
    }
}
