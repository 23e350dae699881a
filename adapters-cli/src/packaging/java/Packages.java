import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * Builds the packages that users install: the image as a tarball and as a Debian package, and the checksums of all
 * files in the folder of packages, where the executable jar is already.
 *
 * <p>The build runs it with {@code java}, from source. Times and owners are fixed, and entries are sorted by name, so that
 * the same image gives the same bytes.
 */
final class Packages {
    private static final String ARCH = System.getProperty("os.arch").equals("amd64") ? "x64" : "arm64";

    private final Path target;
    private final Path sources;
    private final String version;
    private final Instant time;
    private final Path image;
    private final Path folder;

    private Packages(Path target, Path sources, String version, Instant time) throws IOException {
        this.target = target;
        this.sources = sources;
        this.version = version;
        this.time = time;
        this.image = target.resolve("image");
        this.folder = Files.createDirectories(target.resolve("packages"));
    }

    /** Arguments: the folder {@code adapters-cli/target}, that of the packaging sources, the version, and the time of all files. */
    public static void main(String[] args) throws Exception {
        new Packages(Path.of(args[0]), Path.of(args[1]), args[2], Instant.parse(args[3])).make();
    }

    private void make() throws Exception {
        String name = "latchkey-" + version;
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + "-linux-" + ARCH + ".tar.gz"))) {
            program(new Tar(time), name + "/")
                    .tree(image.resolve("share"), name + "/share/")
                    .file(name + "/LICENSE", 0644, Files.readAllBytes(sources.resolve("../../../LICENSE")))
                    .writeTo(out);
        }
        new Deb(control(), data(), time).writeTo(folder.resolve("latchkey_" + version + "_" + debianArch() + ".deb"));
        for (Path file : Image.list(sources.resolve("docker"))) {
            Files.write(folder.resolve(file.getFileName()), filled(file));
        }
        sums();
    }

    private byte[] filled(Path template) throws IOException {
        return Files.readString(template)
                .replace("@version@", version)
                .replace("@architecture@", debianArch())
                .getBytes(UTF_8);
    }

    private static String debianArch() {
        return ARCH.equals("x64") ? "amd64" : "arm64";
    }

    /** Adds the launcher, the jars, the caches and the runtime; fails if the runtime is only a link to a JDK. */
    private Tar program(Tar tar, String name) throws IOException {
        if (Files.isSymbolicLink(image.resolve("runtime"))) {
            throw new IllegalStateException("packages need a JDK from which jlink can make a runtime");
        }
        return tar.tree(image.resolve("bin"), name + "bin/")
                .tree(image.resolve("lib"), name + "lib/")
                .tree(image.resolve("runtime"), name + "runtime/");
    }

    private Tar data() throws IOException {
        Tar tar = program(new Tar(time), "./usr/lib/latchkey/")
                .file(
                        "./usr/share/doc/latchkey/copyright",
                        0644,
                        Files.readAllBytes(sources.resolve("../../../LICENSE")))
                .tree(sources.resolve("deb/data"), "./")
                // It may hold a secret; the postinst script lets the service read it.
                .file(
                        "./etc/default/latchkey",
                        0600,
                        Files.readAllBytes(sources.resolve("deb/data/etc/default/latchkey")));
        for (Path page : Image.list(image.resolve("share/man/man1"))) {
            tar.file("./usr/share/man/man1/" + page.getFileName() + ".gz", 0644, zipped(Files.readAllBytes(page)));
        }
        Path completions = image.resolve("share/completions");
        return tar.file(
                        "./usr/share/bash-completion/completions/latchkey",
                        0644,
                        Files.readAllBytes(completions.resolve("bash")))
                .file(
                        "./usr/share/zsh/vendor-completions/_latchkey",
                        0644,
                        Files.readAllBytes(completions.resolve("zsh")))
                .file(
                        "./usr/share/fish/vendor_completions.d/latchkey.fish",
                        0644,
                        Files.readAllBytes(completions.resolve("fish")));
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private Tar control() throws IOException {
        Tar tar = new Tar(time);
        for (Path file : Image.list(sources.resolve("deb/control"))) {
            String name = file.getFileName().toString();
            byte[] content = filled(file);
            boolean script = new String(content, UTF_8).startsWith("#!");
            tar.file("./" + name, script ? 0755 : 0644, content);
        }
        return tar;
    }

    private void sums() throws Exception {
        StringBuilder sums = new StringBuilder();
        for (Path file : Image.list(folder)) {
            String name = file.getFileName().toString();
            if (!name.equals("SHA256SUMS")) {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                sums.append(HexFormat.of().formatHex(sum))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("SHA256SUMS"), sums);
    }
}
