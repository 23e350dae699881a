package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import io.latchkey.application.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of Debian's that asks Latchkey, as a process of this test.
 *
 * <p>Without it there is nothing to be tested, which is no failure on anybody's own machine; but where {@code CI} is
 * {@code true}, nothing may be left out unseen.
 */
record DebianProgram(Process process, Path log) implements AutoCloseable {
    /** Ends the test unless a program is installed. */
    static void need(String program) {
        if (find(program).isEmpty()) {
            missing(program + " is not installed");
        }
    }

    /** Ends the test, which cannot be run here. */
    static void missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            fail(what);
        }
        Assumptions.abort(what);
    }

    /** Starts a program in the foreground, and returns when it listens. */
    static DebianProgram start(Path folder, int port, Map<String, String> variables, String... command)
            throws IOException {
        Path log = folder.resolve(command[0] + ".log");
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, find(command[0]).orElseThrow().toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        DebianProgram program = new DebianProgram(builder.start(), log);
        try {
            Eventually.until(() -> !program.process.isAlive() || isListening(port));
            if (!program.process.isAlive()) {
                throw new AssertionError("ended at once");
            }
        } catch (AssertionError e) {
            program.close();
            throw new AssertionError(command[0] + ": " + e.getMessage() + ": " + Files.readString(log), e);
        }
        return program;
    }

    /** Runs a program to its end and returns what it says, its errors included. */
    static String run(Path input, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, find(command[0]).orElseThrow().toString());
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return said;
    }

    private static Optional<Path> find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        workers.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
