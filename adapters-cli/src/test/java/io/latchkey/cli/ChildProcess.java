package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Latchkey as its users run it: a process of its own with its home in a folder, from the built image, or with more flags
 * for the virtual machine, from the packaged jars.
 */
final class ChildProcess {
    private static final String FAST_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final Pattern ADDRESS = Pattern.compile("listens on (\\S+)");

    private final Path home;
    private final List<String> flags = new ArrayList<>();

    ChildProcess(Path home) {
        this.home = home;
    }

    /** How a command went. */
    record Result(int code, String out, String err) {}

    /** A server, and where it listens. */
    record Server(Process process, URI address) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** The same with one more flag for the virtual machine. */
    ChildProcess with(String flag) {
        ChildProcess other = new ChildProcess(home);
        other.flags.addAll(flags);
        other.flags.add(flag);
        return other;
    }

    Path folder() {
        return home.resolve(".local/share/latchkey");
    }

    Path file() {
        return folder().resolve("latchkey.db");
    }

    /** Runs a command to its end. */
    Result run(String... args) throws Exception {
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        Process process = builder(args)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + String.join(" ", args));
        }
        Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        // What went to the terminal is not among the files in which nobody may find a secret.
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /** Starts a server on any port; its log lines go to a file in its home. */
    Server serve(String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of("serve", "--http-bind", "127.0.0.1:0"));
        all.addAll(List.of(args));
        Path log = home.resolve("server.log");
        Process process = builder(all.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Left open: the process would have nowhere to write to.
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = String.valueOf(out.readLine());
        Matcher address = ADDRESS.matcher(line);
        if (!address.find()) {
            process.destroyForcibly().onExit().join();
            List<String> lines = Files.readAllLines(log);
            throw new AssertionError("said '%s', ended with %d, and last in its log: %s"
                    .formatted(
                            line,
                            process.exitValue(),
                            String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()))));
        }
        return new Server(process, URI.create(address.group(1)));
    }

    ProcessBuilder builder(String... args) {
        List<String> command = flags.isEmpty() ? image() : jars();
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY") || name.startsWith("INFLUX"));
        builder.environment().remove("XDG_DATA_HOME");
        builder.environment().put("HOME", home.toString());
        if (flags.isEmpty()) {
            // Most of these servers are over before the better compiler has paid for itself.
            builder.environment().put("LATCHKEY_JAVA_OPTIONS", FAST_COMPILER);
        }
        return builder;
    }

    private static List<String> image() {
        return new ArrayList<>(List.of(BuiltImage.ROOT.resolve("bin/latchkey").toString()));
    }

    private List<String> jars() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", FAST_COMPILER));
        command.addAll(flags);
        command.addAll(List.of("-cp", Path.of("target/latchkey/lib").toAbsolutePath() + "/*", Main.class.getName()));
        return command;
    }
}
