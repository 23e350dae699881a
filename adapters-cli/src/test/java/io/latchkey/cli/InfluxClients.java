package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others for InfluxDB 3, at pinned versions, in a folder of the build; fetched once. */
final class InfluxClients {
    private static final Path PINNED = Path.of("src/test/resources/strangers");
    private static final Path FOLDER = Path.of("target/strangers").toAbsolutePath();
    private static final String LOCK = "package-lock.json";

    private InfluxClients() {}

    /** Whether there is a Node for those that need one; where it must not be missing, it is taken to be there. */
    static boolean haveNode() {
        return "true".equals(System.getenv("CI")) || (runs("node") && runs("npm"));
    }

    /** The folder with the packages for Node. */
    static Path packages() throws Exception {
        Path lock = FOLDER.resolve(LOCK);
        boolean there = Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                && Files.exists(lock)
                && Files.mismatch(lock, PINNED.resolve(LOCK)) == -1;
        bring("package.json", LOCK, "version.mjs");
        if (!there) {
            run(builder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        }
        return FOLDER;
    }

    /** What the JavaScript client of InfluxDB 3 says the version of a server is. */
    static String versionByJavaScript(URI server, String secret) throws Exception {
        packages();
        return run(of(builder("node", "version.mjs"), server, secret));
    }

    /** What the Java client of InfluxDB 3 says the version of a server is. */
    static String versionByJava(URI server, String secret) throws Exception {
        bring("pom.xml", "ServerVersion.java");
        if (!Files.exists(FOLDER.resolve("lib"))) {
            run(builder(
                    Path.of("../mvnw").toAbsolutePath().normalize().toString(), "-q", "dependency:copy-dependencies"));
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(of(
                builder(
                        java,
                        // As its documentation asks, for Arrow.
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dio.netty.tryReflectionSetAccessible=true",
                        "-cp",
                        "lib/*",
                        "ServerVersion.java"),
                server,
                secret));
    }

    private static ProcessBuilder of(ProcessBuilder builder, URI server, String secret) {
        builder.environment().put("INFLUX_HOST", server.toString());
        builder.environment().put("INFLUX_TOKEN", secret);
        return builder;
    }

    private static void bring(String... names) throws IOException {
        Files.createDirectories(FOLDER);
        for (String name : names) {
            Files.copy(PINNED.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean runs(String program) {
        try {
            run(builder(program, "--version"));
            return true;
        } catch (Exception | AssertionError e) {
            return false;
        }
    }

    private static ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        if (Files.isDirectory(FOLDER)) {
            builder.directory(FOLDER.toFile());
        }
        return builder;
    }

    /** What a program says, which ends well. */
    private static String run(ProcessBuilder builder) throws Exception {
        Path said = Files.createTempFile("said", ".txt");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            int code = process.waitFor();
            String text = Files.readString(said, UTF_8);
            if (code != 0) {
                throw new AssertionError("ended with " + code + ": " + text);
            }
            return text;
        } finally {
            Files.delete(said);
        }
    }
}
