package io.latchkey.cli;

import io.latchkey.application.IssuedToken;
import java.time.Instant;

/** A new token as its owner is shown it, once (contract 2.2; A.3, row 27). */
enum IssuedListing {
    TEXT {
        @Override
        String of(IssuedToken issued, Environment environment) {
            String secret = issued.secret().reveal();
            boolean colourful = environment.isColourful();
            return "\n"
                    + marked("\u001b[4m", "New token created successfully!", colourful)
                    + "\n\n"
                    + marked("\u001b[1m", "Token:", colourful)
                    + " " + secret + "\n"
                    + marked("\u001b[1m", "HTTP Requests Header:", colourful)
                    + " Authorization: Bearer " + secret + "\n\n"
                    + marked("\u001b[31m\u001b[1m", "IMPORTANT:", colourful)
                    + " " + ONCE + "\n\n";
        }
    },
    JSON {
        @Override
        String of(IssuedToken issued, Environment environment) {
            String secret = issued.secret().reveal();
            String help =
                    ONCE + " HTTP requests require the following header: \"Authorization: Bearer " + secret + "\"";
            return """
                    {
                      "help_msg": %s,
                      "token": %s,
                      "id": %d,
                      "name": %s,
                      "hash": "%s",
                      "created_at": "%s",
                      "expiry": %s
                    }
                    """.formatted(
                            Json.string(help),
                            Json.string(secret),
                            issued.id().value(),
                            Json.string(issued.name().value()),
                            issued.digest().hex(),
                            issued.createdAt(),
                            issued.expiry()
                                    .end()
                                    .map(Instant::toString)
                                    .map(Json::string)
                                    .orElse("null"));
        }
    },
    TOKEN {
        @Override
        String of(IssuedToken issued, Environment environment) {
            return issued.secret().reveal() + "\n";
        }
    };

    private static final String ONCE = "Store this token securely, as it will not be shown again.";

    /** The listing, with a line feed at its end. */
    abstract String of(IssuedToken issued, Environment environment);

    private static String marked(String mark, String label, boolean colourful) {
        return colourful ? mark + label + "\u001b[0m" : label;
    }
}
