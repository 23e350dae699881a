package io.latchkey.persistence.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles;
import io.latchkey.application.TemporaryFile;
import io.latchkey.application.TokenStore;
import io.latchkey.domain.TokenFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A second process on the same file, without a container; prints the name of each token after it is acknowledged. */
final class OtherProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private OtherProcess(Process process) {
        this.process = process;
        this.said = process.inputReader(UTF_8);
    }

    /** A process that issues a token of each name. */
    static OtherProcess issuing(Path file, String... names) throws IOException {
        return start("exec \"$@\"", file, names);
    }

    /** A process that issues a token and keeps the file open until it is killed. */
    static OtherProcess issuingAndWaiting(Path file, String name) throws IOException {
        return start("exec \"$@\"", file, name, "!");
    }

    /** The same with a umask. */
    static OtherProcess issuingWithUmask(String umask, Path file, String name) throws IOException {
        return start("umask " + umask + "; exec \"$@\"", file, name);
    }

    /** A process that issues tokens until it is killed. */
    static OtherProcess storming(Path file, String prefix) throws IOException {
        return start("exec \"$@\"", file, prefix + "*");
    }

    /** A process that has a temporary file beside the database, and waits. */
    static OtherProcess drafting(Path file) throws IOException {
        return start("exec \"$@\"", file, "#", "!");
    }

    /** A process without a temporary folder that reads in every way. */
    static OtherProcess readingWithoutTemporaryFolder(Path file) throws IOException {
        return start("java=$1; shift; exec \"$java\" -Djava.io.tmpdir=/no/such/folder \"$@\"", file, "?");
    }

    /**
     * A process for which the directory of the file is read-only; for root by a mount, because root may write anywhere.
     *
     * @param name the name of the token to issue; with {@code ?} it only prints how many entries it reads in every way
     */
    static OtherProcess issuingReadOnly(Path file, String name) throws IOException {
        String directory = "'" + file.getParent() + "'";
        return start(
                "if [ $(id -u) = 0 ]; then exec unshare --mount sh -c 'mount --bind \"$0\" \"$0\""
                        + " && mount -o remount,ro,bind \"$0\" && exec \"$@\"' " + directory + " \"$@\"; fi;"
                        + " chmod a-w " + directory + "; exec \"$@\"",
                file,
                name);
    }

    private static OtherProcess start(String script, Path file, String... names) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of("sh", "-c", script, "sh", java));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPath, OtherProcess.class.getName(), file.toString()));
        command.addAll(List.of(names));
        return new OtherProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line of its output; empty once it has ended. */
    String line() throws IOException {
        String line = said.readLine();
        return line == null ? "" : line;
    }

    /** The rest of its output. */
    List<String> rest() {
        return said.lines().toList();
    }

    /** Ends it with SIGKILL; its output can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @SuppressWarnings("SystemOut") // the test reads the output
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        try (TokenStore store = SqliteTokenStore.open(Path.of(args[0]))) {
            for (int i = 1; i < args.length; i++) {
                String name = args[i];
                if (name.equals("?")) {
                    read(Path.of(args[0]), out);
                    continue;
                }
                if (name.equals("#")) {
                    out.println(TemporaryFile.in(TemporaryFile.parent(Path.of(args[0])))
                            .path());
                    continue;
                }
                if (name.equals("!")) {
                    new CountDownLatch(1).await();
                }
                if (name.endsWith("*")) {
                    for (int n = 0; true; n++) {
                        issue(store, name.replace("*", "-" + n), out);
                    }
                }
                issue(store, name, out);
            }
        }
    }

    private static void read(Path file, PrintStream out) {
        try (TokenStore store = SqliteTokenStore.open(file)) {
            DatabaseFiles files = new SqliteFiles();
            out.println(store.snapshot().revision() + " "
                    + store.firstBroken().isEmpty() + " "
                    + files.examine(file).snapshot().revision() + " "
                    + files.diagnose(file).damage());
        } catch (AuthorityUnavailable e) {
            out.println(e.getMessage());
        }
    }

    private static void issue(TokenStore store, String name, PrintStream out) {
        try {
            Fixtures.issue(store, name);
            out.println(name);
        } catch (TokenFailure.NameTaken e) {
            out.println("taken " + name);
        } catch (AuthorityUnavailable e) {
            out.println(e.getMessage());
        }
    }
}
