package io.latchkey.cli.token;

import io.latchkey.application.IssuedToken;
import io.latchkey.application.OfflineToken;
import io.latchkey.application.table.JsonText;
import io.latchkey.cli.terminal.Environment;
import io.latchkey.domain.Expiry;
import java.time.Instant;
import java.util.Locale;

/** Formats of a new token with its secret, which is shown once (contract 2.2; A.3, row 27). */
public enum IssuedTokenFormat {
    TEXT {
        @Override
        String of(IssuedToken issued, Environment environment) {
            return banner(CREATED, issued.secret().reveal(), environment.isColourful());
        }

        @Override
        public String of(OfflineToken prepared, Environment environment) {
            return banner(CREATED, prepared.secret().reveal(), environment.isColourful());
        }
    },
    JSON {
        @Override
        String of(IssuedToken issued, Environment environment) {
            String secret = issued.secret().reveal();
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
                      "expiry": %s
                    }
                    """,
                    help(secret),
                    JsonText.string(secret),
                    issued.id().value(),
                    JsonText.string(issued.name().value()),
                    issued.digest().hex(),
                    issued.createdAt(),
                    end(issued.expiry()));
        }

        @Override
        public String of(OfflineToken prepared, Environment environment) {
            String secret = prepared.secret().reveal();
            return String.format(
                    Locale.ROOT,
                    """
                    {
                      "help_msg": %s,
                      "token": %s,
                      "name": %s,
                      "hash": "%s",
                      "expiry": %s
                    }
                    """,
                    help(secret),
                    JsonText.string(secret),
                    JsonText.string(prepared.name().value()),
                    prepared.secret().digest().hex(),
                    end(prepared.expiry()));
        }

        private static String end(Expiry expiry) {
            return expiry.end().map(Instant::toString).map(JsonText::string).orElse("null");
        }
    },
    TOKEN {
        @Override
        String of(IssuedToken issued, Environment environment) {
            return issued.secret().reveal() + "\n";
        }

        @Override
        public String of(OfflineToken prepared, Environment environment) {
            return prepared.secret().reveal() + "\n";
        }
    };

    private static final String CREATED = "New token created successfully!";
    private static final String ONCE = "Store this token securely, as it will not be shown again.";

    /** Formats a token, with a line feed at the end. */
    abstract String of(IssuedToken issued, Environment environment);

    /** Formats a token that was created offline. */
    public abstract String of(OfflineToken prepared, Environment environment);

    /** A secret with a heading and instructions. */
    static String banner(String heading, String secret, boolean colourful) {
        return "\n"
                + marked("\u001b[4m", heading, colourful)
                + "\n\n"
                + marked("\u001b[1m", "Token:", colourful)
                + " " + secret + "\n"
                + marked("\u001b[1m", "HTTP Requests Header:", colourful)
                + " Authorization: Bearer " + secret + "\n\n"
                + marked("\u001b[31m\u001b[1m", "IMPORTANT:", colourful)
                + " " + ONCE + "\n\n";
    }

    /** The instructions as a JSON string. */
    static String help(String secret) {
        return JsonText.string(
                ONCE + " HTTP requests require the following header: \"Authorization: Bearer " + secret + "\"");
    }

    private static String marked(String mark, String label, boolean colourful) {
        return colourful ? mark + label + "\u001b[0m" : label;
    }
}
