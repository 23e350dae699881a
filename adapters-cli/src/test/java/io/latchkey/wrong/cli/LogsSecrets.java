package io.latchkey.wrong.cli;

import io.latchkey.domain.TokenSecret;

/** Breaks the rule that a secret has few ways out. */
final class LogsSecrets {
    String log(TokenSecret secret) {
        return secret.reveal();
    }
}
