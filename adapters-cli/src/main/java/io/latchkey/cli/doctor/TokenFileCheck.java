package io.latchkey.cli.doctor;

import io.latchkey.application.FileMode;
import io.latchkey.application.FileProblem;
import io.latchkey.cli.authority.Credential;
import io.latchkey.cli.authority.Location;
import io.latchkey.cli.authority.ServerOptions;
import io.latchkey.cli.command.Arguments;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the files with secrets that a command or a server reads. */
final class TokenFileCheck {
    private static final String SUBJECT = "token file";

    private TokenFileCheck() {}

    /** One result for each file in the arguments and the environment. */
    static List<CheckResult> of(Arguments arguments) {
        Stream<String> credentials = Credential.given(arguments).stream()
                .map(Arguments.Given::text)
                .filter(text -> text.startsWith("@"))
                .map(text -> text.substring(1));
        Stream<String> preconfigured = Stream.concat(
                        ServerOptions.tokenFiles(arguments), ServerOptions.permissionTokensFiles(arguments))
                .map(Arguments.Given::text);
        return Stream.concat(credentials, preconfigured)
                .map(TokenFileCheck::look)
                .toList();
    }

    private static CheckResult look(String name) {
        Path file = Location.path(name);
        Optional<String> obstacle = FileProblem.keepsFromReading(file);
        if (obstacle.isPresent()) {
            return unreadable(file, obstacle.get());
        }
        try {
            FileMode mode = FileMode.of(file);
            return mode.isOpen()
                    ? CheckResult.bad(
                            SUBJECT, file + " has mode " + mode + ": others can read the token", "chmod 600 " + file)
                    : CheckResult.good(SUBJECT, file + ", mode " + mode);
        } catch (NoSuchFileException e) {
            return CheckResult.bad(
                    SUBJECT,
                    file + " does not exist",
                    "give an existing file, or create one with create token --offline");
        } catch (IOException e) {
            return unreadable(file, FileProblem.reading(file, e));
        }
    }

    private static CheckResult unreadable(Path file, String reason) {
        return CheckResult.bad(
                SUBJECT,
                file + " cannot be read: " + reason,
                "let this user read it, or run this as the user that needs it");
    }
}
