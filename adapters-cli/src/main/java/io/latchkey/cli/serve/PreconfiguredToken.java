package io.latchkey.cli.serve;

import io.latchkey.application.AuthorityUnavailable;
import io.latchkey.application.TokenAuthority;
import io.latchkey.application.table.TerminalText;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Change;
import io.latchkey.domain.Permissions;
import io.latchkey.domain.Rights;
import io.latchkey.domain.TokenFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token that a server registers at its start.
 *
 * @param source {@code file} and its path, or the option
 */
public record PreconfiguredToken(Change.Register token, String source) {
    /** Registers the token and logs the result (contract A.4, row 33). */
    public void register(TokenAuthority authority) {
        // Not a constant: this class is loaded before logging is set up.
        Logger log = LoggerFactory.getLogger(PreconfiguredToken.class);
        try {
            String name = kind() + " token '" + TerminalText.of(token.name().value()) + "' ";
            switch (authority.preconfigure(Environment.owner(), token)) {
                case REGISTERED -> log.info("{}initialized from {}", name, source);
                case ALREADY_PRESENT -> log.info("{}already exists, skipping initialization", name);
                case OTHER_RIGHTS ->
                    log.warn(
                            "{}already exists with other permissions, and keeps them: the permissions from {} are not"
                                    + " applied; use `update token` or `apply`",
                            name,
                            source);
                case ANOTHER_SECRET ->
                    log.warn(
                            "{}already exists with another secret: the stored secret stays valid, and the one"
                                    + " from {} is not",
                            name,
                            source);
                case ANOTHER_NAME ->
                    log.warn("{}is not initialized: the token from {} already exists with another name", name, source);
                case ENDED ->
                    log.warn(
                            "{}is not initialized: the token from {} was revoked or replaced on this instance;"
                                    + " create a new token",
                            name,
                            source);
            }
        } catch (TokenFailure.Invalid e) {
            throw new AuthorityUnavailable("Token error: " + e.sentence() + " (" + source + ")");
        }
    }

    private String kind() {
        return switch (token.attributes().rights()) {
            case Rights.All() -> "Admin";
            case Permissions _ -> "Resource";
        };
    }
}
