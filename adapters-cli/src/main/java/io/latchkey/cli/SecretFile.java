package io.latchkey.cli;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.PreparedToken;
import io.latchkey.application.TokenFiles.Existing;
import io.latchkey.domain.TokenFailure;
import io.latchkey.domain.TokenSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds the secret of one token, for whoever uses the token to read. */
record SecretFile(Path path) {
    boolean exists() {
        return Files.exists(path);
    }

    /** The secret in it; of the same form as our own. */
    TokenSecret read() {
        try {
            return TokenSecret.chosen(Files.readString(path).strip());
        } catch (TokenFailure.Invalid e) {
            throw new AuthorityUnavailable(path + " does not hold a token: it " + e.sentence());
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " cannot be read", e);
        }
    }

    /** Puts a new secret in it, for good, before any authority hears of it. */
    TokenSecret write(PreparedToken token, Environment environment) {
        new OutputFile(path.toAbsolutePath(), Existing.KEPT).write(IssuedListing.TOKEN.of(token, environment));
        return token.secret();
    }

    /** Takes away what was written in vain. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new AuthorityUnavailable(path + " holds a secret of no token and cannot be deleted", e);
        }
    }
}
