package io.latchkey.cli.token;

import io.latchkey.application.RotatedToken;
import io.latchkey.application.table.JsonText;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Token;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Formats of a rotated token with its new secret, which is shown once, and the fate of the old secret. */
enum RotatedTokenFormat {
    TEXT {
        @Override
        String of(RotatedToken rotated, Environment environment, Instant now) {
            String fate = rotated.previousSecretUntil()
                    .map(until -> "The old secret is valid until " + until
                            + ". `rotate token --finish` ends it earlier, `rotate token --undo` returns to it.")
                    .orElse("The old secret is no longer valid.");
            return IssuedTokenFormat.banner(
                            "Token rotated successfully!", rotated.secret().reveal(), environment.isColourful())
                    + impediment(rotated.token(), now)
                            .map(why ->
                                    why + "\n" + (rotated.previousSecretUntil().isPresent() ? "Then: " : ""))
                            .orElse("")
                    + fate + "\n\n";
        }
    },
    JSON {
        @Override
        String of(RotatedToken rotated, Environment environment, Instant now) {
            Token token = rotated.token();
            String secret = rotated.secret().reveal();
            return String.format(
                    Locale.ROOT,
                    """
                    {
                      "help_msg": %s,
                      "token": %s,
                      "id": %d,
                      "name": %s,
                      "hash": "%s",
                      "created_at": "%s",
                      "expiry": %s,
                      "state": "%s",
                      "generation": %d,
                      "previous_secret_until": %s
                    }
                    """,
                    IssuedTokenFormat.help(secret),
                    JsonText.string(secret),
                    token.id().value(),
                    JsonText.string(token.name().value()),
                    token.digest().hex(),
                    token.createdAt(),
                    instant(token.expiry().end()),
                    token.stateAt(now).name().toLowerCase(Locale.ROOT),
                    token.secrets().generation(),
                    instant(rotated.previousSecretUntil()));
        }

        private static String instant(Optional<Instant> instant) {
            return instant.map(Instant::toString).map(JsonText::string).orElse("null");
        }
    },
    TOKEN {
        @Override
        String of(RotatedToken rotated, Environment environment, Instant now) {
            return rotated.secret().reveal() + "\n";
        }
    };

    /** Formats a token, with a line feed at the end. */
    abstract String of(RotatedToken rotated, Environment environment, Instant now);

    /** Why the secrets of a token are not accepted, and what to do; empty if they are. */
    static Optional<String> impediment(Token token, Instant now) {
        return switch (token.stateAt(now)) {
            case ACTIVE -> Optional.empty();
            case PENDING ->
                Optional.of("The token is not valid yet: its secrets are not valid until "
                        + token.attributes().notBefore().at().orElseThrow() + ".");
            case DISABLED -> Optional.of("The token is disabled: its secrets are not valid until `enable token`.");
            case EXPIRED ->
                Optional.of("The token has expired: its secrets are not valid until `update token --expiry`.");
        };
    }
}
