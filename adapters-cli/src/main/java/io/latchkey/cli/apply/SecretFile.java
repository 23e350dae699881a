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

/** A file that holds the secret of one token, for whoever uses the token to read. */
record SecretFile(Path path) {
    boolean exists() {
        return Files.exists(path);
    }

    /** The secret in it; of the same form as our own. */
    TokenSecret read() {
        try {
            return TokenSecret.chosen(TextFile.read(path).strip());
        } catch (TokenFailure.Invalid e) {
            throw new AuthorityUnavailable(path + " contains no token: it " + e.sentence());
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " cannot be read: " + FileProblem.reading(path, e), e);
        }
    }

    /** Puts a new secret in it, for good, before any authority hears of it. */
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

    /** The work tree of git that the file lies in: its next commit may take the file along. */
    private Optional<Path> workTree() {
        for (Path folder = path.toAbsolutePath().normalize().getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** Takes away what was written in vain. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " contains the secret of no token and cannot be deleted", e);
        }
    }
}
