package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The image as it was built, on its own class paths: no program on the PATH, no variable set.
 *
 * @param folder the working directory and the home of its processes
 * @param launcher its script, by whatever name it is called
 */
record BuiltImage(Path folder, Path launcher) {
    static final Path ROOT = Path.of("target/image").toAbsolutePath();

    /** The image under its own name. */
    BuiltImage(Path folder) {
        this(folder, ROOT.resolve("bin/latchkey"));
    }

    Process start(Map<String, String> variables, String... args) throws IOException {
        return builder(variables, args).start();
    }

    private ProcessBuilder builder(Map<String, String> variables, String... args) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "");
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(variables);
        return builder;
    }

    /** Runs a command to its end. */
    ChildProcess.Result run(Map<String, String> variables, String... args) throws Exception {
        Process process = start(variables, args);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new ChildProcess.Result(process.waitFor(), out, err);
    }

    ChildProcess.Result run(String... args) throws Exception {
        return run(Map.of(), args);
    }

    /** Starts a server on any port of the loopback; its log goes to {@code server.log}. */
    ChildProcess.Server serve(String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of("serve", "--http-bind", "127.0.0.1:0"));
        all.addAll(List.of(args));
        Process process = builder(Map.of(), all.toArray(String[]::new))
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        // Left open: the process would have nowhere to write to.
        BufferedReader out = process.inputReader(UTF_8);
        String line = String.valueOf(out.readLine());
        if (!line.startsWith("Latchkey listens on ")) {
            process.destroyForcibly();
            throw new AssertionError(line + Transcript.read(folder.resolve("server.log")));
        }
        return new ChildProcess.Server(process, URI.create(line.substring("Latchkey listens on ".length())));
    }
}
