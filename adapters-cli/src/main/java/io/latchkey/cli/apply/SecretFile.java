package io.latchkey.cli.apply;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.DatabaseFiles.Existing;
import io.latchkey.application.FileProblem;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.authority.OutputFile;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.cli.terminal.TextFile;
import io.latchkey.cli.token.IssuedTokenFormat;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file with the secret of one token, for the program that uses the token. */
record SecretFile(Path path) {
    boolean exists() {
        return Files.exists(path);
    }

    /** Reads the secret, which must have the form of Latchkey's own secrets. */
    TokenSecret read() {
        try {
            return TokenSecret.chosen(TextFile.read(path).strip());
        } catch (TokenFailure.Invalid e) {
            throw new AuthorityUnavailable(path + " contains no token: it " + e.sentence());
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " cannot be read: " + FileProblem.reading(path, e), e);
        }
    }

    /** Writes a new secret durably, before the token is created. */
    TokenSecret write(OfflineToken token, Environment environment) {
        new OutputFile(path.toAbsolutePath(), Existing.KEPT).write(IssuedTokenFormat.TOKEN.of(token, environment));
        workTree()
                .ifPresent(tree -> environment
                        .err()
                        .print("warning: " + TerminalText.of(path.toString())
                                + " contains a secret and is in the git work tree "
                                + TerminalText.of(tree.toString())
                                + ": add it to .gitignore, or use another path for secret_file\n"));
        return token.secret();
    }

    /** The git work tree that contains the file, which could be committed by mistake. */
    private Optional<Path> workTree() {
        for (Path folder = path.toAbsolutePath().normalize().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** Deletes a file that was written for a token that was not created. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " contains the secret of no token and cannot be deleted", e);
        }
    }
}
