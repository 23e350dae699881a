package io.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who may not do what he tries is told what stands in his way, and never that something is missing or damaged. */
class PermissionsIT {
    private static final String SCENE = "root's files, and another user of the machine";

    @TempDir
    Path folder;

    private Path locked;
    private Path open;

    @BeforeEach
    void make() throws Exception {
        DebianProgram.need("setpriv");
        if (!System.getProperty("user.name").equals("root")) {
            DebianProgram.missing(SCENE);
        }
        mode(folder, "rwxr-xr-x");
        locked = Files.createDirectory(folder.resolve("locked"));
        open = Files.createDirectory(folder.resolve("open"));
        var image = new BuiltImage(folder);
        for (Path each : List.of(locked, open)) {
            String file = each.resolve("x.db").toString();
            assertThat(image.run("create", "token", "--admin", "--db", file).code())
                    .isZero();
            Files.writeString(each.resolve("tok"), "apiv3_x\n");
            mode(each.resolve("tok"), "rw-------");
        }
        mode(locked, "rwx------");
        mode(open, "rwxr-xr-x");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /** All that a command of the built image says to a user with no rights. */
    private String said(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=www-data", "--regid=www-data"));
        command.addAll(List.of(
                "--clear-groups", BuiltImage.ROOT.resolve("bin/latchkey").toString()));
        command.addAll(List.of(line.split(" ")));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isIn(ExitCode.FAILED, ExitCode.USAGE_ERROR, ExitCode.FINDINGS);
        return said;
    }

    @Test
    void a_folder_that_he_may_not_enter_is_named_by_every_command() throws Exception {
        String reason = "this user may not enter " + locked + " (owner root, mode 0700)";
        for (String line : List.of(
                "show tokens --db locked/x.db",
                "create token --admin --db locked/x.db",
                "create token --admin --db locked/new.db",
                "backup --db locked/x.db --output copy.db",
                "restore --from locked/x.db --db z.db",
                "import tokens --from locked/tok --db z.db --dry-run",
                "apply --file locked/tok --db z.db --dry-run",
                "show tokens --host http://127.0.0.1:1 --token @locked/tok",
                "serve --db z.db --http-bind 127.0.0.1:0 --admin-token-file locked/tok",
                "serve --db z.db --http-bind 127.0.0.1:0 --tls-cert locked/tok --tls-key locked/tok",
                "doctor --db locked/x.db --http-bind 127.0.0.1:0",
                "doctor --db z.db --http-bind 127.0.0.1:0 --admin-token-file locked/tok",
                "doctor --db z.db --http-bind 127.0.0.1:0 --tls-cert locked/tok",
                "scan locked/tok")) {
            assertThat(said(line)).as(line).contains(reason);
        }
    }

    @Test
    void a_file_that_he_may_not_read_is_not_told_as_missing_damaged_or_no_text() throws Exception {
        String reason = "open/x.db (owner root, mode 0600)";
        for (String line : List.of(
                "show tokens --db open/x.db",
                "export tokens --db open/x.db",
                "backup --db open/x.db --output copy.db",
                "restore --from open/x.db --db z.db",
                "doctor --db open/x.db --http-bind 127.0.0.1:0",
                "import tokens --from open/x.db --db z.db --dry-run",
                "apply --file open/x.db --db z.db --dry-run")) {
            assertThat(said(line))
                    .as(line)
                    .contains("cannot be read: this user may not read ", reason)
                    .doesNotContain("restore a backup");
        }
        assertThat(said("doctor --db z.db --http-bind 127.0.0.1:0 --admin-token-file open/tok"))
                .contains(
                        "attention token file   open/tok cannot be read: this user may not read open/tok (owner root");
    }

    @Test
    void what_he_may_only_read_is_told_as_that() throws Exception {
        mode(open.resolve("x.db"), "rw-r--r--");
        String file = "this user may not write " + open.resolve("x.db") + " (owner root, mode 0644)";
        assertThat(said("create token --admin --name a --db open/x.db"))
                .isEqualTo(
                        "Failed to create token, error: " + open.resolve("x.db") + " cannot be used: " + file + "\n");
        assertThat(said("doctor --db open/x.db --http-bind 127.0.0.1:0"))
                .contains(
                        "attention access       this user can read the database, but not change it: " + file,
                        "ok        ledger");
        String inFolder = "this user may not write in " + open + " (owner root, mode 0755)";
        assertThat(said("create token --admin --db open/new.db")).contains(inFolder);
        assertThat(said("create token --admin --db open/new/new.db")).contains(inFolder);
        mode(open.resolve("x.db"), "rw-rw-rw-");
        assertThat(said("create token --admin --name a --db open/x.db")).contains(inFolder);
    }

    @Test
    void root_is_told_that_the_user_of_the_folder_may_not_use_the_file() throws Exception {
        Files.setAttribute(open, "unix:uid", 4321);
        ChildProcess.Result result =
                new BuiltImage(folder).run("doctor", "--db", "open/x.db", "--http-bind", "127.0.0.1:0");
        assertThat(result.out())
                .contains(
                        "attention access       " + open.resolve("x.db") + " belongs to user root, and " + open
                                + " to user 4321",
                        "-> make the server's user the owner of all of them, with chown");
        Files.setAttribute(open.resolve("x.db"), "unix:uid", 4321);
        assertThat(new BuiltImage(folder)
                        .run("doctor", "--db", "open/x.db", "--http-bind", "127.0.0.1:0")
                        .out())
                .contains("ok        access       this user can change the database");
    }
}
