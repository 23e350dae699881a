package io.latchkey.cli;

import io.latchkey.domain.SecretScanner.Proof;
import io.latchkey.domain.TokenSecret;

/**
 * A text that looks like a secret, and where it stands.
 *
 * @param place the name of a file, as a person would find it
 * @param line from 1
 */
record Suspect(String place, long line, TokenSecret secret, Proof proof) {}
